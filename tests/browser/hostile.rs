//! Hostile strings in every field of every kind of file.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

use crate::corpus::hostile;
use crate::server::{Files, complaints};
use crate::sites::{TODAY, built};

/// The strings that a content file may hold: those with a character that is not seen are refused as such.
fn written() -> Vec<String> {
    hostile()
        .into_iter()
        .filter(|text| !text.contains(['\u{2028}', '\u{2029}', '\u{202e}', '\u{feff}', '\0']))
        .collect()
}

/// A TOML string that holds exactly this text.
fn toml(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// As many models as there are strings: in each, every field has another one, so that each string is once in each field.
fn site(root: &Path) -> Result<(), String> {
    let strings = written();
    let pick = |at: usize| toml(&strings[at % strings.len()]);
    let write = |path: String, text: String| {
        let path = root.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))
            .and_then(|()| fs::write(&path, text))
            .map_err(|e| e.to_string())
    };
    for at in 0..strings.len() {
        let s = |field: usize| pick(at + field);
        let number = format!("m{at:03}");
        write(
            format!("models/dev{}/{number}.toml", at % 4),
            format!(
                "name = {}\nsummary = {}\nfamily = {}\naliases = [{}]\nsnapshots = [{}]\nlicense = {}\nweights = \"open\"\n\
                 status = \"deprecated\"\nsuccessor = \"dev{}/m{:03}\"\ncontext_window = 1000\nsource = \"s\"\n\
                 [sources.s]\ntitle = {}\npublisher = {}\nurl = \"https://example.org/\"\n\
                 [capabilities]\ntool_calling = {}\nvision = {}\n\
                 [api]\nendpoints = [\"POST /v1/{}\"]\n[[api.parameter]]\nname = {}\naccepts = {}\ndefault = {}\n\
                 [price]\ninput = 1\noutput = 2\nnote = {}\n\
                 [[price.row]]\ncomponent = \"input\"\namount = 3\nregion = {}\nhours = {}\nquality = {}\ncache_ttl = {}\nnote = {}\n\
                 [[score]]\nbenchmark = \"b{}\"\nvalue = 5\nvariant = {}\nharness = {}\nversion = {}\nmetric = {}\nnote = {}\nsource = \"s\"\n\
                 [[link]]\nkind = \"video\"\ntitle = {}\nurl = \"https://example.org/\"\npublisher = {}\n\
                 [[unknown]]\nwhat = {}\nwhy = {}\n\
                 [provenance.context_window]\nnote = {}\n",
                s(0), s(1), s(2), s(3), s(4), s(5), (at + 1) % 4, at + 1,
                s(6), s(7), s(8), s(9),
                ["chat/completions", "responses", "messages", "embeddings", "images/generations", "audio/transcriptions"][at % 6],
                s(10), s(11), s(12), s(13), s(14), s(15), s(16), s(17), s(18),
                at % 8, s(19), s(20), s(21), s(22), s(23), s(24), s(25), s(26), s(27), s(28),
            )
            // The last model has nobody to follow it.
            .replace(&format!("successor = \"dev{}/m{:03}\"\n", strings.len() % 4, strings.len()), ""),
        )?;
        let text = &strings[(at + 29) % strings.len()];
        write(format!("models/dev{}/{number}.md", at % 4), format!("Text.\n\n{text}\n\nin {text} the middle\n"))?;
        let (question, answer) = (&strings[(at + 30) % strings.len()], &strings[(at + 31) % strings.len()]);
        let question = question.replace('\n', " ");
        write(format!("models/dev{}/{number}.faq.md", at % 4), format!("## Q {question}\n\nA.\n\n{answer}\n"))?;
        write(format!("pages/p{at:03}.md"), format!("# T {question}\n\nP.\n\n{text}\n"))?;
    }
    for at in 0..4 {
        let s = |field: usize| pick(17 * at + field);
        write(
            format!("developers/dev{at}.toml"),
            format!("name = {}\ncountry = {}\ndescription = {}\n", s(0), s(1), s(2)),
        )?;
    }
    for at in 0..8 {
        let s = |field: usize| pick(13 * at + field);
        write(
            format!("benchmarks/b{at}.toml"),
            format!(
                "name = {}\nmeasures = {}\ncategory = {}\nversion = {}\nmetric = {}\nunit = {}\ndescription = {}\n",
                s(0),
                s(1),
                s(2),
                s(3),
                s(4),
                s(5),
                s(6)
            ),
        )?;
        let offers: String = (0..strings.len())
            .filter(|model| model % 8 == at)
            .map(|model| {
                format!(
                    "[[offer]]\nmodel = \"dev{}/m{model:03}\"\nid = {}\nregion = {}\nquantization = {}\nnote = {}\nprice = {{ input = 2, output = 3 }}\n",
                    model % 4, pick(model + 32), pick(model + 33), pick(model + 34), pick(model + 35)
                )
            })
            .collect();
        write(
            format!("providers/p{at}.toml"),
            format!(
                "name = {}\ndescription = {}\nsource = \"s\"\n[sources.s]\ntitle = {}\n\
                 [data_policy]\nretention = {}\nregions = {}\n{offers}",
                s(7),
                s(8),
                s(9),
                s(10),
                s(11)
            ),
        )?;
    }
    write(
        "site.toml".to_owned(),
        format!(
            "title = {}\ntagline = {}\ndescription = {}\nheadline = [\"b0\", \"b1\"]\nreport_url = \"https://example.org/?m={{id}}\"\n\
             [operator]\nname = {}\n[api]\nbase_url = \"https://api.example.org\"\n[[navigation]]\nlabel = {}\nurl = \"p000/\"\n\
             [[workload]]\nname = {}\nnote = {}\ninput = 100\noutput = 10\n",
            pick(19),
            pick(64),
            pick(3),
            pick(66),
            pick(0),
            pick(27),
            pick(29)
        ),
    )
}

/// Looks into every page, and counts what ran.
const LOOK: &str = r##"
run(async () => {
  const paths = await (await fetch("/paths.json")).json();
  const look = async () => {
    for (let path = paths.pop(); path; path = paths.pop()) {
      const frame = await open(path);
      await new Promise((next) => setTimeout(next));
      const found = dangers(frame.contentDocument);
      if (found.length) complain(`${path}: ${found.slice(0, 5).join(", ")}`);
      for (const element of frame.contentDocument.querySelectorAll("details, summary, button")) element.click?.();
      frame.remove();
    }
  };
  // While one page is on its way, the next one is read.
  await Promise.all([look(), look(), look(), look()]);
  if (window.pwned) complain(`scripts of authors ran ${window.pwned} times`);
});
"##;

fn look(mut files: Files) -> Result<Vec<String>, String> {
    let paths: Vec<String> =
        files.keys().filter(|path| path.ends_with(".html")).map(|path| format!("/{path}")).collect();
    files.insert("paths.json".to_owned(), serde_json::to_vec(&paths).map_err(|error| error.to_string())?);
    complaints(files, LOOK)
}

/// Raw, since unsafe Markdown links are errors: the strings that hold one are let through in the other fields only.
pub(crate) fn hostile_strings_run_nowhere() -> Result<(), Failed> {
    assert!(written().len() >= 100);
    let root = tempfile::tempdir().map_err(|error| error.to_string())?;
    site(root.path())?;
    drop_refused(root.path())?;
    let files = built(root.path(), &TODAY)?;
    // Aliases have pages too, which lead to the cards.
    let leads_on = |page: &[u8]| String::from_utf8_lossy(page).contains("http-equiv=\"refresh\"");
    let cards = files.iter().filter(|(path, page)| path.starts_with("models/") && !leads_on(page)).count();
    if cards != written().len() {
        return Err(format!("there are {cards} cards of {} models", written().len()).into());
    }
    let found = look(files)?;
    if found.is_empty() { Ok(()) } else { Err(found.join("\n").into()) }
}

/// Takes away the Markdown files that are refused, and sees to it that they are refused for what they are.
fn drop_refused(root: &Path) -> Result<(), String> {
    for _ in 0..3 {
        let output = Command::new(env!("CARGO_BIN_EXE_modelfolio"))
            .args(["check", "--date", "2026-06-30", "--format", "json", "--root"])
            .arg(root)
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let (Some(code), Some("error")) = (finding["code"].as_str(), finding["severity"].as_str()) else {
                continue;
            };
            let path = finding["path"].as_str().unwrap_or_default();
            if !path.ends_with(".md")
                || !["unsafe-url", "broken-link", "broken-anchor", "faq-without-question"].contains(&code)
            {
                return Err(format!("refused for another reason: {line}"));
            }
            // Two findings can be about one file.
            let _ =
                fs::write(root.join(path), if path.ends_with(".faq.md") { "## Q\n\nA.\n" } else { "# T\n\nText.\n" });
        }
    }
    Err("the site is still refused".to_owned())
}

/// A test that cannot fail is none: a page in which a script does run is told of.
pub(crate) fn the_detector_detects() -> Result<(), Failed> {
    for page in [
        "<!doctype html><img src=x onerror='top.pwned=1'>",
        "<!doctype html><script>top.pwned=1</script>",
        "<!doctype html><a href='javascript:0'>x</a>",
        "<!doctype html><iframe></iframe>",
        "<!doctype html><meta http-equiv=refresh content='9; url=javascript:0'>",
        "<!doctype html><meta http-equiv=refresh content='9; url=https://a.example/'><a href='https://a.example/'>x</a>",
        "<!doctype html><meta http-equiv=refresh content='9; url=/'><a href='/x'>x</a>",
    ] {
        let files = Files::from([("x.html".to_owned(), page.as_bytes().to_vec())]);
        if look(files)?.is_empty() {
            return Err(format!("not detected: {page}").into());
        }
    }
    Ok(())
}

/// Fields that are addresses take web addresses only.
pub(crate) fn addresses_that_could_run_are_refused() -> Result<(), Failed> {
    let root = tempfile::tempdir().map_err(|error| error.to_string())?;
    let content = root.path().join("content");
    let write = |path: &str, text: String| {
        let path = content.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&content))
            .and_then(|()| fs::write(&path, text))
            .map_err(|e| e.to_string())
    };
    for address in hostile() {
        let url = toml(&address);
        write(
            "site.toml",
            format!(
                "title = \"T\"\nbase_url = {url}\nreport_url = {url}\n[operator]\nname = \"O\"\nurl = {url}\n[api]\nbase_url = {url}\n"
            ),
        )?;
        write("developers/d.toml", format!("name = \"D\"\nurl = {url}\ndocs = {url}\n"))?;
        write(
            "models/d/m.toml",
            format!(
                "name = \"M\"\nweights_url = {url}\nlicense_url = {url}\n[sources.s]\ntitle = \"S\"\nurl = {url}\n\
                 [api]\nendpoints = [{url}]\n[[link]]\nkind = \"video\"\ntitle = \"L\"\nurl = {url}\n"
            ),
        )?;
        let output = Command::new(env!("CARGO_BIN_EXE_modelfolio"))
            .args(["check", "--format", "json", "--root"])
            .arg(root.path())
            .output()
            .map_err(|error| error.to_string())?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        // Every one of the eleven fields is refused: none of the strings is an http or https address or an endpoint.
        let refused = printed.lines().filter(|line| {
            ["invalid-url", "invalid-base-url", "invalid-endpoint", "control-character"]
                .iter()
                .any(|code| line.contains(&format!("\"{code}\"")))
        });
        let count = refused.count();
        if count != 11 {
            return Err(format!("{count} of 11 fields refused {address:?}:\n{printed}").into());
        }
    }
    Ok(())
}
