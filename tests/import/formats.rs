//! Every format but models.dev: what comes of its fixture, and that doing it again changes nothing.

use serde_json::Value;

use super::{FIRST, Place, Run, files, fixture, golden};

/// Imports the fixture of a format, and holds the site against what was approved.
fn whole(format: &str) {
    whole_with(format, &[]);
}

fn whole_with(format: &str, more: &[&str]) {
    let place = Place::new(format);
    let content = place.site().join("content");
    let (content, report) = (content.to_string_lossy().into_owned(), place.path("report.jsonl"));
    let (upstream, report_path) = (place.upstream(), report.to_string_lossy().into_owned());
    let upstream = upstream.to_string_lossy();
    let mut args = vec!["import", format, &upstream, "--into", &content, "--date", FIRST, "--report", &report_path];
    args.extend(more);
    let first = place.run(&args);
    assert_eq!(first.code, Some(0), "{}{}", first.out, first.err);

    let lines = std::fs::read_to_string(&report).expect("the report is there");
    let mut now = place.files();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        assert_ne!(line["fate"], "lost", "{line}");
    }
    now.insert("account.jsonl".to_owned(), lines);
    golden(&fixture(&format!("{format}.expected")), &now);

    let site = place.site();
    let check = place.run(&["check", "--root", &site.to_string_lossy(), "--date", FIRST]);
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);

    let before = files(&site);
    let second = place.run(&args);
    assert_eq!(second.code, Some(0), "{}{}", second.out, second.err);
    assert!(files(&site) == before, "importing again changes something: {}", second.out);
}

#[test]
fn litellm() {
    whole("litellm");
}

#[test]
fn openrouter() {
    whole("openrouter");
}

#[test]
fn llm_prices() {
    whole("llm-prices");
}

#[test]
fn csv() {
    let columns = fixture("csv.columns.toml");
    whole_with("csv", &["--columns", &columns.to_string_lossy()]);
}

#[test]
fn huggingface() {
    whole("huggingface");
}

/// Imports a part of a catalogue into an empty site: arguments behind the format, and what comes through the pipe.
fn part(place: &Place, format: &str, args: &[&str], piped: &str) -> Run {
    let content = place.site().join("content");
    let content = content.to_string_lossy();
    let mut all = vec!["import", format];
    all.extend(args);
    all.extend(["--into", &content, "--date", FIRST]);
    let run = place.run_with(&all, piped);
    if run.code == Some(0) {
        place.check(FIRST);
    }
    run
}

const CARD: &str = "---\nlicense: mit\n---\n# Aria\n";

#[test]
fn a_card_alone_is_told_whose_it_is() {
    let place = Place::empty();
    place.write("Aria-1/README.md", CARD);
    place.write("Aria-1/.eval_results/quiz.yaml", "- dataset: { id: acme/quiz }\n  value: 20.9\n");
    let (folder, file) = (place.path("Aria-1"), place.path("Aria-1/README.md"));
    let (folder, file) = (folder.to_string_lossy(), file.to_string_lossy());
    for path in [&*folder, &*file, "-"] {
        let run = part(&place, "huggingface", &[path], CARD);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.err.contains("`--as <owner>/<model>` says it"), "{}", run.err);
        assert!(!place.site().exists(), "nothing is written");
        let run = part(&place, "huggingface", &[path, "--as", "Acme/Aria-1"], CARD);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let model = place.read("content/models/acme/aria-1.toml");
        assert!(model.contains("id = \"acme/Aria-1\"") && model.contains("license = \"MIT\""), "{model}");
        assert_eq!(model.contains("value = 20.9"), path == folder, "{model}");
        std::fs::remove_dir_all(place.site()).expect("it can be removed");
    }
}

#[test]
fn the_mapping_says_which_provider_of_the_content_is_meant() {
    let place = Place::empty();
    place.write("site/imports/csv.toml", "[provider]\ncloudy-ai = \"cloudy\"\nnova = false\n");
    let table = "id,provider,price.input\nacme/m,,1\nacme/m,Cloudy AI,2\nacme/m,cloudy,3\nacme/m,Nova,4\n";
    let report = place.path("report.jsonl");
    let run = part(&place, "csv", &["-", "--report", &report.to_string_lossy()], table);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let text = place.read("content/providers/cloudy.toml");
    assert!(text.contains("input = 2\n") && !text.contains("input = 3\n"), "{text}");
    assert!(!place.files().keys().any(|path| path.contains("cloudy-ai") || path.contains("nova")));
    let report = std::fs::read_to_string(&report).expect("the report is there");
    for why in ["another record is joined to the same offer", "its provider is left out by the mapping"] {
        assert!(report.contains(why), "no `{why}` in\n{report}");
    }
}

#[test]
fn a_table_comes_through_a_pipe_and_its_columns_from_a_file() {
    let place = Place::empty();
    place.write("columns.toml", "[columns]\nModel = \"id\"\n");
    let columns = place.path("columns.toml");
    let columns = columns.to_string_lossy();
    let run = part(&place, "csv", &["-", "--columns", &columns], "\u{feff}Model,context_window\r\nacme/m,200000\r\n");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(place.read("content/models/acme/m.toml").contains("context_window = 200_000\n"));
    let before = place.files();
    place.write("columns.toml", "[columns]\nModle = \"id\"\n");
    let run = part(&place, "csv", &["-", "--columns", &columns], "Model\nacme/n\n");
    assert_eq!(run.code, Some(2));
    let told = format!("{columns}:2:1: no table has a column `Modle`; perhaps `Model` is meant");
    assert!(run.err.contains(&told), "{}", run.err);
    assert_eq!(place.files(), before, "nothing is written");
    let run = part(&place, "litellm", &["-", "--columns", &columns], "{}");
    assert_eq!(run.code, Some(2), "{}", run.out);
}

#[test]
fn a_card_is_about_the_model_that_has_its_address() {
    let place = Place::empty();
    place.write("site/content/site.toml", "title = \"Ours\"\ncategories = [\"Imported\"]\n");
    place.write("site/content/developers/acme.toml", "name = \"Acme\"\n");
    place.write("site/content/models/acme/aria-1.toml", "name = \"Aria 1\"\n");
    let run = part(&place, "huggingface", &["-", "--as", "Acme/Aria-1"], CARD);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let model = place.read("content/models/acme/aria-1.toml");
    assert!(model.contains("license = \"MIT\"") && !model.contains("\nid = "), "{model}");
    let joined =
        "\"acme/Aria-1\" = { model = \"acme/aria-1\", rule = \"same developer and ID, but for case and signs\" }";
    assert!(place.read("imports/huggingface.toml").contains(joined), "{}", place.read("imports/huggingface.toml"));
}

#[test]
fn what_may_be_a_share_is_not_written_into_percentages() {
    let place = Place::empty();
    place.write("site/content/site.toml", "title = \"Ours\"\ncategories = [\"Code\"]\n");
    let quiz = "name = \"acme/quiz\"\nmeasures = \"Guessing\"\ncategory = \"Code\"\nunit = \"%\"\n\n[scale]\nmin = 0\nmax = 100\n";
    place.write("site/content/benchmarks/acme-quiz.toml", quiz);
    place.write("Acme/Aria-1/README.md", CARD);
    place.write("Acme/Aria-1/.eval_results/quiz.yaml", "- dataset: { id: acme/quiz }\n  value: 0.412\n");
    let (folder, report) = (place.path("Acme"), place.path("report.jsonl"));
    let (folder, report_path) = (folder.to_string_lossy(), report.to_string_lossy());
    let why = "a share of 1 or a number of the benchmark's own scale, which goes beyond 1";
    let run = part(&place, "huggingface", &[&folder, "--as", "Acme", "--report", &report_path], "");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(std::fs::read_to_string(&report).expect("the report is there").contains(why));
    assert!(!place.read("content/models/acme/aria-1.toml").contains("score"));
    // So it is with a table, unless it says the unit.
    let table = "id,Score\nacme/m,0.412\n";
    place.write("columns.toml", "[columns]\nScore = \"scores.acme/quiz\"\n");
    let columns = place.path("columns.toml");
    let columns = columns.to_string_lossy();
    let args = ["-", "--columns", &columns, "--report", &report_path];
    let run = part(&place, "csv", &args, table);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(std::fs::read_to_string(&report).expect("the report is there").contains(why));
    place.write("columns.toml", "[columns]\nScore = { key = \"scores.acme/quiz\", unit = \"%\" }\n");
    let run = part(&place, "csv", &args, table);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(place.read("content/models/acme/m.toml").contains("value = 0.412"));
}
