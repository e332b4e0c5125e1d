//! The commands end to end.

use std::fs;

use crate::binary::{build, complete, modelfolio, repository, run, text};
use crate::trees;

#[test]
fn says_what_was_built_in_at_most_six_lines_and_changes_with_the_content() {
    let scratch = tempfile::tempdir().unwrap();
    let (root, out) = (scratch.path().join("site"), scratch.path().join("site/public"));
    trees::copy(&complete(), &root);
    let printed = text(&build(&root, &out, &[]).stdout);
    assert!(printed.lines().count() <= 6, "{printed}");
    assert!(printed.starts_with("Built 5 models as "), "{printed}");
    assert!(printed.contains("index.html"), "{printed}");
    let card = || fs::read_to_string(out.join("models/acme/sonata/index.html")).unwrap();
    assert!(card().contains("$1.10"));
    assert!(!card().contains("$1.17"));
    let model = root.join("content/models/acme/sonata.toml");
    let content = fs::read_to_string(&model).unwrap();
    fs::write(&model, content.replace("input = 1.10", "input = 1.17")).unwrap();
    build(&root, &out, &[]);
    assert!(card().contains("$1.17"));
}

#[test]
fn works_from_a_folder_below_the_site_without_any_argument() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    trees::copy(&complete(), &root);
    let output = run(modelfolio().current_dir(root.join("content/models/acme")).env("SOURCE_DATE_EPOCH", "1782777600"));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(root.join("public/index.html").is_file());
}

#[test]
fn shows_every_mistake_with_its_place_and_leaves_the_old_site() {
    let scratch = tempfile::tempdir().unwrap();
    let (root, out) = (scratch.path().join("site"), scratch.path().join("out"));
    trees::copy(&complete(), &root);
    build(&root, &out, &[]);
    let before = trees::read(&out);
    let model = root.join("content/models/acme/sonata-0.toml");
    let content = fs::read_to_string(&model).unwrap();
    fs::write(&model, content.replace("released", "relased").replace("acme/sonata\"", "acme/sonatta\"")).unwrap();

    let output = run(modelfolio().args(["build", "--root"]).arg(&root).arg("--out").arg(&out));
    let printed = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains("content/models/acme/sonata-0.toml:4:1"), "{printed}");
    assert!(printed.contains("error[unknown-key]") && printed.contains("released"), "{printed}");
    assert!(
        printed.contains("error[unknown-successor]") && printed.contains("did you mean `acme/sonata`?"),
        "{printed}"
    );
    assert!(printed.contains("is as it was"), "{printed}");
    assert_eq!(trees::difference(&before, &trees::read(&out)), None);
}

#[test]
fn json_is_one_object_a_line() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    trees::copy(&complete(), &root);
    fs::write(root.join("content/developers/acme.toml"), "nme = 3\n").unwrap();
    let output = run(modelfolio().args(["check", "--format", "json", "--root"]).arg(&root));
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.lines().count() >= 2, "{printed}");
    for line in printed.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(object.is_object(), "{line}");
    }
    let first: serde_json::Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    assert_eq!(first["path"], "content/developers/acme.toml");
    assert_eq!(first["line"], 1);
}

#[test]
fn check_writes_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    trees::copy(&complete(), &root);
    let before = trees::read(&root);
    let output = run(modelfolio().args(["check", "--date", crate::binary::TODAY, "--root"]).arg(&root));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("Checked 5 models in "), "{}", text(&output.stdout));
    assert_eq!(trees::difference(&before, &trees::read(&root)), None);
}

#[test]
fn strict_makes_errors_of_warnings() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    trees::copy(&complete(), &root);
    fs::write(root.join("content/notes.txt"), "stray").unwrap();
    let check = |more: &[&str]| run(modelfolio().args(["check", "--root"]).arg(&root).args(more)).status.code();
    assert_eq!(check(&[]), Some(0));
    assert_eq!(check(&["--strict"]), Some(1));
}

#[test]
fn new_site_and_new_model_build_at_once_without_a_finding() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("catalogue");
    assert!(run(modelfolio().args(["new", "site"]).arg(&root)).status.success());
    let model = |id: &str, name: &str| {
        run(modelfolio().args(["new", "model", id, "--name", name, "--root"]).arg(&root)).status.code()
    };
    assert_eq!(model("acme/nocturne-2", "Nocturne \"2\" \\ <b>"), Some(0));
    assert_eq!(model("boreas/north", "North"), Some(0), "a developer that is new gets its file");
    assert_eq!(model("acme/nocturne-2", "Again"), Some(2), "what is there is never overwritten");
    for id in ["Acme Inc", "acme/con", "aux/x", &format!("acme/{}", "x".repeat(201))] {
        assert_eq!(model(id, "Bad"), Some(2), "{id} would not build");
    }
    let twice = run(modelfolio().args(["new", "model", "boreas/north", "--root"]).arg(&root));
    assert!(text(&twice.stderr).contains("boreas/north.toml is there already: edit it"), "{}", text(&twice.stderr));
    let output = build(&root, &root.join("public"), &["--strict"]);
    assert_eq!(text(&output.stderr), "");
    assert!(root.join("public/models/acme/nocturne-2/index.html").is_file());
    assert!(root.join("schema/model.json").is_file());
    let again = run(modelfolio().args(["new", "site"]).arg(&root));
    assert_eq!(again.status.code(), Some(2), "a folder that has files is not written to");
}

#[test]
fn usage_errors_have_status_2_and_a_missing_site_says_how_to_begin() {
    let scratch = tempfile::tempdir().unwrap();
    let output = run(modelfolio().arg("build").current_dir(scratch.path()));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("modelfolio new site"), "{}", text(&output.stderr));
    for arguments in [&["--date", "2026-02-30"][..], &["--date", "2026-02"], &["--frobnicate"], &["new", "site"]] {
        let output =
            run(modelfolio().args(arguments).arg("--root").arg(complete()).arg("--out").arg(scratch.path().join("x")));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn version_completions_and_schemas_are_printed() {
    let version = run(modelfolio().arg("--version"));
    assert_eq!(text(&version.stdout), format!("modelfolio {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(modelfolio().args(["completions", shell]));
        assert!(output.status.success() && text(&output.stdout).contains("modelfolio"), "{shell}");
    }
}

#[test]
fn schemas_are_printed_as_one_document() {
    let schema = |arguments: &[&str]| {
        let output = run(modelfolio().arg("schema").args(arguments));
        (output.status.code(), serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_default())
    };
    let (code, all) = schema(&[]);
    assert_eq!((code, all.as_object().map(serde_json::Map::len)), (Some(0), Some(5)));
    let (code, one) = schema(&["model"]);
    assert!(code == Some(0) && one["properties"]["context_window"].is_object(), "{one}");
    assert_eq!(all["model"], one);
    assert_eq!(schema(&["model.json"]).1, one);
    assert_eq!(schema(&["modle"]).0, Some(2));
    assert_eq!(schema(&["model", "--write"]).0, Some(2));
}

#[test]
fn json_ends_with_a_summary_when_all_is_right() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("catalogue");
    let summary = |arguments: &[&str]| {
        let mut command = modelfolio();
        command.current_dir(scratch.path()).args(["--format", "json"]).args(arguments);
        let output = run(&mut command);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        let printed = text(&output.stdout);
        serde_json::from_str::<serde_json::Value>(printed.lines().last().unwrap_or_default()).unwrap()
    };
    let root = root.to_str().unwrap();
    assert_eq!(summary(&["new", "site", root])["summary"], "written");
    let written = summary(&["new", "model", "acme/etude", "--root", root]);
    assert!(written["files"][0].as_str().unwrap().ends_with("etude.toml"), "{written}");
    assert_eq!(summary(&["schema", "--write", "--root", root])["files"].as_array().unwrap().len(), 5);
    let checked = summary(&["check", "--root", root]);
    assert_eq!((&checked["summary"], &checked["models"]), (&"checked".into(), &2.into()));
    assert_eq!(summary(&["build", "--root", root])["summary"], "built");
}

#[test]
fn what_another_argument_mends_has_status_2_and_a_failing_machine_3() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    trees::copy(&complete(), &root);
    let foreign = scratch.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("mine.txt"), "mine").unwrap();
    let ends = |arguments: &[&str]| {
        let output = run(modelfolio().current_dir(&root).args(arguments));
        assert!(!text(&output.stderr).contains("panicked"), "{arguments:?}");
        (output.status.code(), text(&output.stderr))
    };
    for (arguments, words) in [
        (&["--root", "nope"][..], "cannot read the folder nope"),
        (&["--root", "content"], "`modelfolio new site <folder>`"),
        (&["--out", "."], "choose another folder"),
        (&["--out", "content/x"], "choose another folder"),
        (&["--out", "../foreign"], "--force"),
        (&["--base-url", "example.org"], "--base-url `example.org` is not where a site can be published"),
        (&["check", "--base-url", "https://example.org/?a"], "give the whole address"),
    ] {
        let (code, printed) = ends(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {printed}");
        assert!(printed.contains(words), "{arguments:?}: {printed}");
    }
    assert!(!root.join("public").exists());
    // What the system refuses is not for us to call wrong usage.
    assert_eq!(ends(&["--out", "../foreign/mine.txt/x"]).0, Some(3));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_has_status_3_and_a_reader_that_is_gone_has_0() {
    use std::process::Stdio;
    for arguments in [&["completions", "bash"][..], &["schema"], &["schema", "model"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = run(modelfolio().args(arguments).stdout(full));
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error: cannot print: "), "{}", text(&output.stderr));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run(modelfolio().args(arguments).stdout(writer).stdin(Stdio::null()));
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn own_content_is_right_and_strictly_so() {
    let output = run(modelfolio().args(["check", "--strict", "--date", "2026-11-23", "--root"]).arg(repository()));
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_build_of_what_was_not_touched_looks_and_does_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("public");
    // Its files are older than any clock is coarse, and there is nothing to complain of.
    let build = |more: &[&str]| text(&build(&repository(), &out, &[&["--strict", "-v"], more].concat()).stdout);
    let is_whole = |printed: &str| printed.contains("parsing");
    let first = build(&[]);
    let fresh = trees::read(&out);
    assert!(is_whole(&first) && first.contains(" new, "), "{first}");

    let second = build(&[]);
    assert!(!is_whole(&second) && second.contains("Nothing changed"), "{second}");
    let about_the_same =
        |printed: &str| printed.lines().next().map(|line| line.split(" in ").next().map(str::to_owned));
    assert_eq!(about_the_same(&first), about_the_same(&second));
    assert!(build(&["--base-url", "https://example.net/x/"]).contains(" different, "));
    assert!(build(&[]).contains(" different, "));
    assert!(!is_whole(&build(&[])));
    assert!(build(&["--no-minify"]).contains(" different, "));
    build(&[]);

    fs::remove_file(out.join("index.html")).unwrap();
    let mended = build(&[]);
    assert!(is_whole(&mended) && mended.contains("1 new, 0 different"), "{mended}");
    assert_eq!(trees::read(&out), fresh);
}
