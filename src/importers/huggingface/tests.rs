use super::{FORMAT, front_matter};
use crate::files::ForeignFile;
use crate::importers::told::{facts, file, left_out, records};
use crate::importers::upstream::{Model, Upstream};

fn read(files: &[ForeignFile]) -> Upstream {
    FORMAT.upstream(files, None).expect("cards have no columns")
}

/// A card with these lines in front.
fn card(lines: &str) -> Upstream {
    read(&[file("Acme/Aria-1/README.md", &format!("---\n{lines}---\n# Aria\n"))])
}

/// The scores of a model: benchmark, part, metric, value, width, who measured.
fn scores(model: &Model) -> Vec<String> {
    let scores = model.scores.iter().map(|score| {
        let texts = [&score.version, &score.harness, &score.variant, &score.metric, &score.measured];
        let texts: Vec<&str> = texts.into_iter().flatten().map(|given| given.value.as_str()).collect();
        let width = score.uncertainty.as_ref().map(|width| format!(" ± {}", width.value)).unwrap_or_default();
        format!("{} [{}] {}{width}", score.benchmark.value, texts.join("; "), score.value.value)
    });
    scores.collect()
}

#[test]
fn what_a_card_says_of_the_model() {
    let upstream = card(
        "license: other\nlicense_name: acme-open\nlicense_link: LICENSE\npipeline_tag: image-text-to-text\n\
         base_model: [Acme/Aria-0, ./checkpoints/last]\nbase_model_relation: finetune\nnew_version: Acme/Aria-2\n\
         language: [no, de]\ntags: [a, b]\nextra_gated_prompt: Who are you?\ncolour: red\n",
    );
    let model = &upstream.models[0];
    assert_eq!((model.id.as_str(), model.developer.as_str()), ("acme/Aria-1", "acme"));
    assert_eq!(
        facts(model),
        [
            "modalities.input = [\"text\", \"image\"]",
            "modalities.output = [\"text\"]",
            "license = \"acme-open\"",
            "license_url = \"https://huggingface.co/Acme/Aria-1/blob/main/LICENSE\"",
        ]
    );
    let links: Vec<String> = model.links.iter().map(|link| format!("{} {}", link.title, link.url)).collect();
    assert_eq!(
        links,
        [
            "Acme/Aria-1 at Hugging Face https://huggingface.co/Acme/Aria-1",
            "Base model (finetune): Acme/Aria-0 https://huggingface.co/Acme/Aria-0",
            "Newer version: Acme/Aria-2 https://huggingface.co/Acme/Aria-2",
        ]
    );
    assert_eq!(left_out(&upstream, "language"), "the format has no such key");
    assert_eq!(upstream.ledger.fields()[0].line, 2, "lines are those of the card");
    assert_eq!(left_out(&upstream, "colour"), "unknown key `colour`");
    assert_eq!(left_out(&upstream, "extra_gated_prompt"), "a form of Hugging Face, no fact of the model");
    let repairs: Vec<&str> = upstream.ledger.fields().iter().filter_map(|field| field.repair.as_deref()).collect();
    assert_eq!(repairs[1], "left out of the list, as they name no repository: \"./checkpoints/last\"");
}

#[test]
fn licences_are_those_of_spdx_where_the_name_says_which() {
    let license = |lines: &str| facts(&card(lines).models[0]).join(", ");
    assert_eq!(license("license: apache-2.0\n"), "license = \"Apache-2.0\"");
    assert_eq!(license("license: gpl-3.0\n"), "license = \"gpl-3.0\"");
    assert_eq!(license("license: unknown\n"), "");
    assert_eq!(license("license: other\n"), "");
    assert_eq!(license("license_name: acme-open\n"), "license = \"acme-open\"");
    let two = card("license: mit\nlicense_name: ours\nlicense_link: ./LICENSE.txt\n");
    assert_eq!(left_out(&two, "license_name"), "a second name of the licence");
    assert_eq!(left_out(&two, "license_link"), "not a web address that readers can open");
    assert_eq!(left_out(&card("license: [mit, apache-2.0]\n"), "license"), "not a text");
}

#[test]
fn weights_are_not_open_because_there_is_a_card() {
    let upstream = card("library_name: transformers\npipeline_tag: any-to-any\nbase_model_relation: merge\n");
    assert!(facts(&upstream.models[0]).is_empty());
    let why = "a task that does not say in words of the format what goes in and what comes out";
    assert_eq!(left_out(&upstream, "pipeline_tag"), why);
    assert_eq!(left_out(&upstream, "base_model_relation"), "the relation to a base model that is not named");
}

#[test]
fn results_of_a_card_are_scores() {
    let upstream = card(
        "model-index:\n- name: M\n  results:\n  - task: { type: text-generation }\n    \
         dataset: { name: Quiz, type: acme/quiz, config: hard, split: test, args: { num_few_shot: 5 } }\n    metrics:\n    \
         - { type: acc_norm, name: strict, value: 77.3, verified: false }\n    \
         - { type: accuracy, value: \"20.0 ± 1.2\", verified: true, verifyToken: x }\n    \
         - { type: accuracy, name: none, value: null }\n    \
         - { type: f1, value: \"1e400\" }\n    - { type: f1, value: nan }\n    - { type: loss, value: 0.2 }\n    \
         source: { name: Report, url: \"https://example.org/report\" }\n  \
         - dataset: { type: acme/riddles, config: default }\n    metrics: [{ type: bleu, value: 12.5 }]\n    source: { name: Us }\n  \
         - dataset: { name: Empty }\n    metrics: [{ type: bleu }]\n",
    );
    assert_eq!(
        scores(&upstream.models[0]),
        [
            "Quiz [hard, test, num_few_shot 5; strict; self-reported] 77.3",
            "Quiz [hard, test, num_few_shot 5; accuracy; independent] 20.0 ± 1.2",
            "acme/riddles [bleu; self-reported] 12.5",
        ]
    );
    assert_eq!(upstream.benchmarks["Quiz"].unit, Some("%"));
    assert_eq!(upstream.benchmarks["acme/riddles"].unit, None);
    for (path, why) in [
        ("model-index[0].results[0].metrics[2].value", "null: not known"),
        ("model-index[0].results[0].metrics[3].value", "not a number, nor one with the width of an interval behind it"),
        ("model-index[0].results[0].metrics[1].verifyToken", "a proof that only Hugging Face can check"),
        ("model-index[0].results[0].metrics[5].value", "a loss is no result that models are compared by"),
        ("model-index[0].results[1].dataset.config", "the whole of the dataset"),
        ("model-index[0].results[1].source.name", "of a source without an address"),
        ("model-index[0].results[2].dataset.name", "a result without a value"),
    ] {
        assert_eq!(left_out(&upstream, path), why, "{path}");
    }
    let empty = card("model-index:\n- name: M\n  results: []\n");
    assert!(empty.models[0].scores.is_empty());
}

#[test]
fn shares_and_percentages_are_never_guessed() {
    let result = |value: &str| {
        format!(
            "---\nmodel-index:\n- name: M\n  results:\n  - dataset: {{ name: Quiz }}\n    metrics:\n    \
             - {{ type: accuracy, value: {value} }}\n    - {{ type: loss, value: 0.21 }}\n    - {{ type: f1, value: {value} }}\n---\n"
        )
    };
    let read = |values: &[&str]| {
        let files = values.iter().enumerate();
        let files: Vec<_> = files.map(|(at, value)| file(&format!("Acme/M-{at}/README.md"), &result(value))).collect();
        read(&files)
    };
    let values = |upstream: &Upstream| -> Vec<String> {
        let all = upstream.models.iter().flat_map(|model| &model.scores);
        all.map(|score| score.value.value.to_string()).collect()
    };
    // Alone it stands as it is written, and nobody says in which unit.
    let alone = read(&["0.773"]);
    assert_eq!((values(&alone), alone.benchmarks["Quiz"].unit), (vec!["0.773".to_owned(), "0.773".to_owned()], None));
    // Among percentages it is one of two things.
    let mixed = read(&["77.3", "0.9"]);
    assert_eq!(values(&mixed), ["77.3", "77.3"]);
    let told = mixed.ledger.fields().iter().filter(|field| format!("{:?}", field.fate).contains("a share of 1"));
    assert_eq!(told.count(), 5, "two values, two metrics and the name of the benchmark");
    assert_eq!(mixed.benchmarks["Quiz"].unit, Some("%"));
    // With a sign it is what it says.
    assert_eq!(values(&read(&["77.3", "0.9%"])), ["77.3", "77.3", "0.9", "0.9"]);
}

#[test]
fn results_beside_a_card_are_its_scores() {
    let results = "- dataset: { id: acme/quiz, task_id: hard, revision: 5503434 }\n  value: 20.90\n  date: \"2026-05-20\"\n  \
        source: { url: https://example.org/r, name: R, user: someone }\n  evaluation_framework: inspect-ai\n  notes: no-tools\n\
        - dataset: { id: acme/quiz, task_id: default }\n  value: 0.412\n- dataset: { id: acme/other }\n  value: 0.5\n  \
        date: 2026-05-21T10:00:00Z\n- value: 3\n- [1]\n";
    let upstream = read(&[
        file("Acme/M/.eval_results/quiz.yaml", results),
        file("Acme/M/README.md", "---\nlicense: mit\n---\n"),
        file("Acme/N/.eval_results/quiz.yaml", "dataset: { id: acme/quiz }\nvalue: 1\n"),
    ]);
    assert_eq!(
        scores(&upstream.models[0]),
        ["acme/quiz [hard; inspect-ai; no-tools] 20.90", "acme/other [] 0.5"],
        "0.412 may be a share where another result of the benchmark is above 1"
    );
    let cited = |at: usize| upstream.models[0].scores[at].citation.as_ref().expect("it has a source");
    assert_eq!(
        (cited(0).url.as_str(), cited(0).date.map(|date| date.to_string())),
        ("https://example.org/r", Some("2026-05-20".to_owned()))
    );
    assert_eq!(cited(1).url, "https://huggingface.co/Acme/M");
    assert_eq!(
        records(&upstream)[1..],
        [
            "Merged { into: \"model acme/M\", rule: \"a score of the model\" }",
            "Merged { into: \"model acme/M\", rule: \"a score of the model\" }",
            "Merged { into: \"model acme/M\", rule: \"a score of the model\" }",
            "names no benchmark",
            "not a table of keys and values",
            "results of a model without a card",
        ]
    );
}

#[test]
fn files_that_are_no_cards_are_told() {
    let upstream = read(&[
        file("README.md", "---\na: 1\n---\n"),
        file("Acme/M/README.md", "# No front matter\n"),
        file("Acme/N/README.md", "---\n---\n# Empty\n"),
        file("Acme/O/README.md", "---\na: [1\n---\n"),
        file("Acme/P/README.md", "---\na: 1\n"),
        file("Acme/Q/README.md", "---\n- a\n---\n"),
        file("Acme/R/README.md", "---\na: &a [1]\nb: *c\n---\n"),
        file("Acme/M/config.json", "{}"),
        file("Acme/a b/README.md", "---\nlicense: mit\n---\n"),
        file("Acme/S/README.md", "---\r\nlicense: mit\r\n---\r\n# CRLF\r\n"),
        file("acme/s/README.md", "---\nlicense: mit\n---\n"),
        file("Acme/T/-", "---\nlicense: mit\nlicense: isc\n---\n"),
    ]);
    let told = records(&upstream);
    assert!(told[0].ends_with("`--as <owner>/<model>` says it"), "{}", told[0]);
    assert_eq!(told[1..3], ["a card without front matter: no record"; 2]);
    assert!(told[3].starts_with("no valid YAML") && told[6].starts_with("no valid YAML"), "{told:?}");
    assert_eq!(told[4], "front matter that does not end");
    assert_eq!(told[5], "not a table of keys and values");
    assert_eq!(told[7], "neither a card nor results: no record");
    assert!(told[8].starts_with("its folders have no names that owners and models have"), "{}", told[8]);
    assert_eq!(told[9..], ["Read", "another card has the same address", "Read"]);
    let models: Vec<&str> = upstream.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(models, ["acme/S", "acme/T"]);
    assert_eq!(facts(&upstream.models[1]), ["license = \"ISC\""], "the last of two keys holds");
    let twice = upstream.ledger.fields().iter().filter(|field| format!("{:?}", field.fate).contains("there twice"));
    assert_eq!(twice.count(), 1);
}

#[test]
fn front_matter_ends_at_a_line_of_three_dashes() {
    assert_eq!(front_matter("---\na: 1\n---- b\n--- \nrest"), Ok("\na: 1\n---- b\n"));
    assert!(front_matter("----\na: 1\n---\n").is_err());
}
