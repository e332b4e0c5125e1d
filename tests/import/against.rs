//! `modelfolio check --against`: the numbers of the content beside those of another catalogue, and nothing written.

use serde_json::Value;

use crate::{FIRST, Place, Run, fixture};

const SOURCE: &str = "source = \"ours\"\nas_of = 2026-06-01\n";
const NAMED: &str = "\n[sources.ours]\ntitle = \"Our own reading\"\n";

/// A site with a model, its list prices, and an offer of it.
fn site() -> Place {
    let place = Place::empty();
    place.write("site/content/site.toml", "title = \"Ours\"\ncategories = [\"Knowledge\"]\n");
    place.write("site/content/developers/openai.toml", "name = \"OpenAI\"\n");
    place.write("site/content/providers/openai.toml", "name = \"OpenAI\"\ndeveloper = \"openai\"\n");
    let model = format!(
        "name = \"GPT 9\"\nreleased = 2026-01-31\nretired = 2027-03-01\ncontext_window = 400_000\nmax_output = 100_000\n{SOURCE}\n\
         [price]\ninput = 1.10\noutput = 4.40\ncache_read = 0.50\n{NAMED}"
    );
    place.write("site/content/models/openai/gpt-9.toml", &model);
    let offers = format!(
        "name = \"Fireworks AI\"\n{SOURCE}\n[[offer]]\nmodel = \"openai/gpt-9\"\nid = \"gpt-9\"\n\
         price = {{ input = 2, output = 8 }}\n{NAMED}"
    );
    place.write("site/content/providers/fireworks-ai.toml", &offers);
    place
}

/// A table of LiteLLM's that has the same model, and others.
const LITELLM: &str = r#"{
  "gpt-9": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 300000, "max_output_tokens": 128000,
    "input_cost_per_token": 0.0011, "output_cost_per_token": 4.4e-06, "cache_read_input_token_cost": 2.5e-07,
    "deprecation_date": "2027-01-31"},
  "fireworks_ai/accounts/fireworks/models/gpt-9": {"litellm_provider": "fireworks_ai", "mode": "chat",
    "input_cost_per_token": 2e-06, "output_cost_per_token": 0, "max_output_tokens": 64000},
  "gpt-8": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06},
  "groq/openai/gpt-9": {"litellm_provider": "groq", "mode": "chat", "input_cost_per_token": 1e-06},
  "groq/mystery": {"litellm_provider": "groq", "mode": "chat", "input_cost_per_token": 1e-06},
  "sample_spec": {"litellm_provider": "one of", "mode": "one of"}
}"#;

/// Checks a site against what comes through the pipe.
fn check(place: &Place, format: &str, more: &[&str], piped: &str) -> Run {
    let site = place.site();
    let mut args = vec!["check", "--against", format, "-", "--root"];
    let site = site.to_string_lossy();
    args.extend([&*site, "--date", FIRST]);
    args.extend(more);
    let before = place.files();
    let run = place.run_with(&args, piped);
    assert_eq!(place.files(), before, "a check writes nothing");
    run
}

/// The findings and the summary of a check.
fn json(place: &Place, format: &str, more: &[&str], piped: &str) -> (Vec<Value>, Value) {
    let run = check(place, format, &[more, &["--format", "json"]].concat(), piped);
    assert!(run.err.is_empty(), "{}", run.err);
    let mut lines: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let summary = lines.pop().expect("the summary comes last");
    (lines, summary["against"].clone())
}

fn messages(found: &[Value]) -> Vec<&str> {
    found.iter().map(|finding| finding["message"].as_str().expect("a text")).collect()
}

#[test]
fn disagreements_are_findings_the_largest_first() {
    let place = site();
    let (found, summary) = json(&place, "litellm", &[], LITELLM);
    assert_eq!(
        messages(&found),
        [
            "openai/gpt-9, fireworks-ai, accounts/fireworks/models/gpt-9: price of output: 8 here, 0 in LiteLLM, -100%",
            "openai/gpt-9, openai, gpt-9: price of input: 1.1 here, 1100 in LiteLLM, +99900%",
            "openai/gpt-9, openai, gpt-9: price of cache read: 0.5 here, 0.25 in LiteLLM, -50%",
            "openai/gpt-9, fireworks-ai, accounts/fireworks/models/gpt-9: max_output: 100_000 here, 64_000 in LiteLLM, -36%",
            "openai/gpt-9, max_output: 100_000 here, 128_000 in LiteLLM, +28%",
            "openai/gpt-9, retired: 2027-03-01 here, 2027-01-31 in LiteLLM, 29 days earlier",
        ]
    );
    assert!(found.iter().all(|finding| finding["code"] == "disagrees-with-source" && finding["severity"] == "warning"));
    // Our place, and theirs with the digits that stand there. A limit that the offer has from its model stands with the model.
    let input = &found[1];
    assert_eq!(input["path"], "content/models/openai/gpt-9.toml");
    assert_eq!((&input["line"], &input["column"]), (&10.into(), &9.into()));
    assert_eq!(input["labels"][0]["text"], "-, gpt-9: input_cost_per_token = 0.0011");
    assert_eq!(input["help"], "suspicious: ×1000: per 1K tokens in the place of per 1M tokens?");
    assert_eq!(found[3]["path"], "content/models/openai/gpt-9.toml");
    assert_eq!(found[0]["path"], "content/providers/fireworks-ai.toml");
    assert_eq!(found[0]["help"], "suspicious: to zero: free, or not known any more?");
    let inherited = "the offer has no limit of its own and takes the model's: give it one where they differ";
    assert_eq!((&found[3]["help"], &found[4]["help"]), (&inherited.into(), &Value::Null));
    assert!(found[2]["help"].is_null(), "half the price is no slip");
    // What agrees and what only one side has is counted, and named on demand.
    for (key, number) in [("models", 1), ("offers", 2), ("agree", 2), ("disagree", 6), ("suspicious", 2)] {
        assert_eq!(summary[key], number, "{key}: {summary}");
    }
    assert_eq!(summary["unjoined"], 1);
    let second = serde_json::json!({
        "model": "openai/gpt-9", "what": "openai, gpt-9: price of input", "ours": "1.1", "theirs": "1100", "how": "+99900%",
        "suspicion": "×1000: per 1K tokens in the place of per 1M tokens?", "path": "content/models/openai/gpt-9.toml",
        "from": "-, gpt-9: input_cost_per_token = 0.0011",
    });
    assert_eq!(summary["disagreements"][1], second);
    let (_, summary) = json(&place, "litellm", &["--verbose"], LITELLM);
    assert_eq!(summary["only_there"]["models"], serde_json::json!(["openai/gpt-8"]));
    assert_eq!(summary["only_there"]["offers"], serde_json::json!(["openai/gpt-9, groq, openai/gpt-9"]));
    assert_eq!(summary["only_there"]["figures"], serde_json::json!(["openai/gpt-9, max_input: 300_000"]));
    let here = serde_json::json!(["openai/gpt-9, context_window: 400_000", "openai/gpt-9, released: 2026-01-31"]);
    assert_eq!(summary["only_here"]["figures"], here);
    assert_eq!(summary["unjoined"], serde_json::json!(["groq, mystery: no model is found for it"]));
    assert_eq!(summary["left_out"][0], "-, sample_spec: a description of the format, not a model");
}

#[test]
fn warnings_end_a_check_under_strict_only() {
    let place = site();
    let run = check(&place, "litellm", &[], LITELLM);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains("warning[disagrees-with-source]: openai/gpt-9, openai, gpt-9: price of input"),
        "{}",
        run.err
    );
    assert!(run.err.contains("content/models/openai/gpt-9.toml:10:9"), "{}", run.err);
    assert!(run.out.contains("\nCompared with LiteLLM: 1 model and 2 offers are in both\n"), "{}", run.out);
    assert!(run.out.contains("  2 agree, 6 disagree (2 suspicious)\n"), "{}", run.out);
    assert!(run.out.ends_with("--verbose names all of them\n") && !run.out.contains("mystery"), "{}", run.out);
    let run = check(&place, "litellm", &["--verbose"], LITELLM);
    assert!(run.out.contains("    groq, mystery: no model is found for it\n"), "{}", run.out);
    let run = check(&place, "litellm", &["--strict"], LITELLM);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("The content is not right: 6 warnings"), "{}", run.err);
    assert!(run.out.starts_with("Compared with LiteLLM"), "the numbers are told all the same: {}", run.out);
    let run = check(&place, "litellm", &["--quiet"], LITELLM);
    assert_eq!((run.code, &*run.out), (Some(0), ""));
}

#[test]
fn wrong_usage_and_wrong_content_are_told_apart() {
    let place = site();
    for (format, more, piped, code, words) in [
        ("lite", &[] as &[&str], LITELLM, 2, "there is no format `lite`"),
        ("litellm", &[], "{}", 2, "there is no model of LiteLLM in it, so nothing is compared"),
        ("litellm", &["--columns", "/nowhere/columns.toml"], LITELLM, 3, "cannot read /nowhere/columns.toml"),
    ] {
        let run = check(&place, format, more, piped);
        assert_eq!(run.code, Some(code), "{}", run.err);
        assert!(run.err.contains(words), "{}", run.err);
    }
    let site = place.site();
    let alone = place.run(&["check", "--columns", "x.toml", "--root", &site.to_string_lossy()]);
    assert_eq!(alone.code, Some(2), "columns are of another catalogue: {}", alone.err);
    place.edit("site/content/models/openai/gpt-9.toml", "name =", "nme =");
    let run = check(&place, "litellm", &[], LITELLM);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("The content is not right, and nothing was compared: "), "{}", run.err);
    assert!(!run.err.contains("disagrees-with-source"), "{}", run.err);
}

#[test]
fn what_an_import_has_written_agrees_with_where_it_is_from() {
    for format in ["models-dev", "litellm", "openrouter", "llm-prices", "csv", "huggingface"] {
        let place = Place::new(format);
        let (upstream, content, site) = (place.upstream(), place.site().join("content"), place.site());
        let (upstream, site) = (upstream.to_string_lossy(), site.to_string_lossy());
        let columns = fixture("csv.columns.toml");
        let columns = columns.to_string_lossy();
        let columns: &[&str] = if format == "csv" { &["--columns", &columns] } else { &[] };
        let import = ["import", format, &upstream, "--into", &content.to_string_lossy(), "--date", FIRST];
        let run = place.run(&[&import, columns].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        let before = place.files();
        let against =
            ["check", "--against", format, &upstream, "--root", &site, "--date", FIRST, "--format", "json", "-v"];
        // Once with what the import remembers, and once as if a person had written everything.
        for remembers in [true, false] {
            let imports = place.site().join("imports");
            if !remembers {
                std::fs::remove_dir_all(imports).expect("it can be removed");
            }
            let run = place.run(&[&against, columns].concat());
            assert_eq!(run.code, Some(0), "{}", run.err);
            let summary: Value = serde_json::from_str(run.out.lines().last().expect("a summary")).expect("JSON");
            let told = &summary["against"];
            assert_eq!(told["disagree"], 0, "{format}: {}", run.out);
            assert!(told["agree"].as_u64() > Some(1), "{format}: {told}");
            let nothing = serde_json::json!({ "models": [], "offers": [], "figures": [] });
            assert_eq!(told["only_there"], nothing, "{format}");
            // What a card has of offers alone is its own word, once nobody remembers where it is from.
            let keys: &[&str] = if remembers { &["models", "offers", "figures"] } else { &["models", "offers"] };
            for key in keys {
                assert_eq!(told["only_here"][key], nothing[key], "{format}");
            }
            assert_eq!((&told["kept"], &told["not_comparable"]), (&serde_json::json!([]), &serde_json::json!([])));
            let after = place.files();
            assert!(after.iter().all(|(path, text)| before.get(path) == Some(text)), "{format}: nothing is written");
        }
    }
}

/// A list of OpenRouter's with the prices of one model.
fn openrouter(prices: &str) -> String {
    format!(
        "{{\"data\": [{{\"id\": \"openai/gpt-9\", \"name\": \"OpenAI: GPT 9\", \"context_length\": 300000, \
         \"pricing\": {{{prices}}}, \"benchmarks\": {{\"artificial_analysis\": {{\"intelligence_index\": 44.5}}}}}}]}}"
    )
}

#[test]
fn prices_that_have_ended_are_not_compared() {
    let place = site();
    let rows = "\n[[offer.price.row]]\ncomponent = \"input\"\namount = 3\nuntil = 2026-05-31\n\
                \n[[offer.price.row]]\ncomponent = \"input\"\namount = 2\nfrom = 2026-06-01\n\
                \n[[offer.price.row]]\ncomponent = \"output\"\namount = 5\nfrom = 2026-08-01\n";
    let offer = format!(
        "name = \"OpenRouter\"\n{SOURCE}\n[[offer]]\nmodel = \"openai/gpt-9\"\n\n[offer.price]\ncache_read = 1\n{rows}{NAMED}"
    );
    place.write("site/content/providers/openrouter.toml", &offer);
    let list = openrouter("\"prompt\": \"0.000003\", \"completion\": \"0.000006\", \"input_cache_read\": \"0.000001\"");
    let (found, summary) = json(&place, "openrouter", &["--verbose"], &list);
    // What was right until May is not what holds today.
    let price = "openai/gpt-9, openrouter, openai/gpt-9: price of input: 2 here, 3 in OpenRouter, +50%";
    let window = "openai/gpt-9, context_window: 400_000 here, 300_000 in OpenRouter, -25%";
    assert_eq!(messages(&found), [price, window]);
    assert_eq!(found[0]["line"], 18);
    let later = "openai/gpt-9, openrouter, openai/gpt-9: price of output: begins here on 2026-08-01";
    assert_eq!(summary["not_comparable"], serde_json::json!([later]));
    assert_eq!(summary["agree"], 1, "reading from the cache: {summary}");
    // A table that has ended as a whole.
    place.edit(
        "site/content/providers/openrouter.toml",
        "from = 2026-08-01\n",
        "from = 2026-08-01\nuntil = 2026-12-31\n",
    );
    place.edit("site/content/providers/openrouter.toml", "cache_read = 1\n", "cache_read = 1\nuntil = 2026-06-30\n");
    let (_, summary) = json(&place, "openrouter", &["--verbose"], &list);
    let ended = "openai/gpt-9, openrouter, openai/gpt-9: price of cache read: ended here on 2026-06-30";
    assert!(summary["not_comparable"].as_array().is_some_and(|list| list.contains(&ended.into())), "{summary}");
}

#[test]
fn currencies_and_units_are_not_compared_with_others() {
    let place = site();
    place.edit(
        "site/content/models/openai/gpt-9.toml",
        "cache_read = 0.50\n",
        "cache_read = 0.50\n\n[[price.row]]\ncomponent = \"request\"\nunit = \"1K requests\"\namount = 5\n",
    );
    place.write(
        "columns.toml",
        "[columns]\nIn = { key = \"price.input\", currency = \"EUR\" }\nOut = \"price.output\"\n\
         Ask = { key = \"price.request\", per = \"request\" }\n",
    );
    let columns = place.path("columns.toml");
    let columns = columns.to_string_lossy();
    let table = "id,In,Out,Ask,released\nopenai/gpt-9,1.1,4.4,0.005,2026-01\n";
    let (found, summary) = json(&place, "csv", &["--columns", &columns, "--verbose"], table);
    assert_eq!(messages(&found), [] as [&str; 0]);
    let apart = [
        "openai/gpt-9, openai, openai/gpt-9: price of input: in USD here, in EUR there",
        "openai/gpt-9, openai, openai/gpt-9: price of request per request: per 1K requests here, per request there",
    ];
    assert_eq!(summary["not_comparable"], serde_json::json!(apart));
    assert_eq!(summary["agree"], 2, "the price of output, and a month that holds the day: {summary}");
    let figures = summary["only_here"]["figures"].as_array().expect("a list");
    assert!(figures.iter().all(|figure| !figure.as_str().is_some_and(|text| text.contains("request"))), "{summary}");
}

#[test]
fn scores_are_compared_where_both_measured_the_same() {
    let place = site();
    let benchmark = format!(
        "name = \"Quiz\"\nmeasures = \"Guessing\"\ncategory = \"Knowledge\"\nmetric = \"accuracy\"\nunit = \"%\"\n\
         scale = {{ min = 0, max = 100 }}\n{SOURCE}\n[results]\n\"openai/gpt-9\" = 77\n{NAMED}"
    );
    place.write("site/content/benchmarks/quiz.toml", &benchmark);
    let card = |value: &str, more: &str| {
        format!(
            "---\nmodel-index:\n- name: gpt-9\n  results:\n  - task: {{ type: text-generation }}\n    dataset: {{ name: Quiz, type: x/quiz{more} }}\n    \
             metrics:\n    - {{ type: accuracy, value: {value} }}\n---\n"
        )
    };
    let told = |card: &str| json(&place, "huggingface", &["--as", "openai/gpt-9", "--verbose"], card);
    let (found, summary) = told(&card("81.5", ""));
    assert_eq!(
        messages(&found),
        ["openai/gpt-9, score quiz, accuracy, self-reported: 77 here, 81.5 in Hugging Face, +5.8%"]
    );
    assert_eq!(found[0]["path"], "content/benchmarks/quiz.toml");
    assert_eq!(summary["agree"], 0);
    assert_eq!(told(&card("77.0", "")).1["agree"], 1);
    let (found, summary) = told(&card("81.5", ", config: hard"));
    assert!(found.is_empty(), "another part of the benchmark: {found:?}");
    assert_eq!(summary["not_comparable"].as_array().map(Vec::len), Some(1), "{summary}");
}

#[test]
fn the_mapping_joins_and_leaves_out_as_for_an_import() {
    let place = site();
    let mapping = "[provider]\nbedrock = \"fireworks-ai\"\nfireworks_ai = false\n\n[offer.bedrock]\nnine = \"openai/gpt-9\"\n\
                   \n[offer.groq]\nmystery = false\n\n[offer.openai]\ngpt-9 = false\n\n[model]\n\"openai/gpt-9\" = false\n";
    place.write("site/imports/litellm.toml", mapping);
    let table =
        LITELLM.replacen('{', "{\"nine\": {\"litellm_provider\": \"bedrock\", \"input_cost_per_token\": 3e-06},", 1);
    place.edit("site/content/providers/fireworks-ai.toml", "id = \"gpt-9\"\n", "");
    let (found, summary) = json(&place, "litellm", &["--verbose"], &table);
    assert_eq!(messages(&found), ["openai/gpt-9, fireworks-ai, nine: price of input: 2 here, 3 in LiteLLM, +50%"]);
    let unjoined = serde_json::json!([
        "fireworks_ai, accounts/fireworks/models/gpt-9: its provider is left out by the mapping",
        "groq, mystery: left out by the mapping",
        "openai, gpt-9: left out by the mapping",
        "openai/gpt-9: left out by the mapping",
    ]);
    assert_eq!(summary["unjoined"], unjoined);
}

#[test]
fn an_offer_of_the_content_is_known_by_its_id() {
    let place = site();
    // OpenRouter has another name for the developer, and nobody has to say which.
    place.write("site/content/providers/openrouter.toml", &format!(
        "name = \"OpenRouter\"\n{SOURCE}\n[[offer]]\nmodel = \"openai/gpt-9\"\nid = \"open/gpt-9-x\"\nprice = {{ input = 2 }}\n{NAMED}"
    ));
    let list = openrouter("\"prompt\": \"0.000003\"").replace("openai/gpt-9", "open/gpt-9-x");
    let (found, _) = json(&place, "openrouter", &[], &list);
    let price = "openai/gpt-9, openrouter, open/gpt-9-x: price of input: 2 here, 3 in OpenRouter, +50%";
    let window = "openai/gpt-9, openrouter, open/gpt-9-x: context_window: 400_000 here, 300_000 in OpenRouter, -25%";
    assert_eq!(messages(&found), [price, window]);
}

#[test]
fn offers_that_nobody_can_tell_apart_are_not_paired() {
    let place = site();
    // Two regions of one ID here, one there; and two there, one here without an ID.
    let offer = |more: &str| format!("\n[[offer]]\nmodel = \"openai/gpt-9\"\n{more}price = {{ input = 2 }}\n");
    let regions = [offer("id = \"gpt-9\"\nregion = \"EU\"\n"), offer("id = \"gpt-9\"\nregion = \"US\"\n")].concat();
    place.write("site/content/providers/azure.toml", &format!("name = \"Azure\"\n{SOURCE}{regions}{NAMED}"));
    place.write("site/content/providers/groq.toml", &format!("name = \"Groq\"\n{SOURCE}{}{NAMED}", offer("")));
    let table = r#"{
      "gpt-9": {"litellm_provider": "openai", "input_cost_per_token": 1.1e-06},
      "azure/gpt-9": {"litellm_provider": "azure", "input_cost_per_token": 3e-06},
      "groq/a/gpt-9": {"litellm_provider": "groq", "input_cost_per_token": 3e-06},
      "groq/b/gpt-9": {"litellm_provider": "groq", "input_cost_per_token": 4e-06}
    }"#;
    place.write("site/imports/litellm.toml", "[offer.azure]\ngpt-9 = \"openai/gpt-9\"\n\n[offer.groq]\n\"a/gpt-9\" = \"openai/gpt-9\"\n\"b/gpt-9\" = \"openai/gpt-9\"\n");
    let (found, summary) = json(&place, "litellm", &["--verbose"], table);
    assert_eq!(messages(&found), [] as [&str; 0]);
    let there = ["openai/gpt-9, azure, gpt-9", "openai/gpt-9, groq, a/gpt-9", "openai/gpt-9, groq, b/gpt-9"];
    assert_eq!(summary["only_there"]["offers"], serde_json::json!(there));
    assert_eq!(summary["only_here"]["offers"][0], "openai/gpt-9, azure, gpt-9 (EU)");
    // One without a region is the plain one.
    place.edit("site/content/providers/azure.toml", "region = \"US\"\n", "");
    let (found, _) = json(&place, "litellm", &[], table);
    assert_eq!(messages(&found), ["openai/gpt-9, azure, gpt-9: price of input: 2 here, 3 in LiteLLM, +50%"]);
    assert_eq!(found[0]["line"], 14);
}

#[test]
fn what_a_person_keeps_is_counted_until_upstream_moves() {
    let place = Place::new("models-dev");
    place.import(FIRST, &[]);
    place.edit("site/content/models/acme/sonata-2.toml", "max_output = 100_000", "max_output = 90_000");
    let (upstream, site) = (place.upstream(), place.site());
    let run = |more: &[&str]| {
        let args = ["check", "--against", "models.dev", &upstream.to_string_lossy(), "--root", &site.to_string_lossy()];
        place.run(&[&args[..], &["--date", FIRST], more].concat())
    };
    let told = run(&["--strict"]);
    assert_eq!(told.code, Some(1), "no import has seen it yet");
    assert!(told.err.contains("max_output: 90_000 here, 100_000 in models.dev, +11.1%"), "{}", told.err);
    assert!(told.err.contains(" models/acme/sonata-2.toml:16: limit.output = 100000\n"), "{}", told.err);
    place.import(FIRST, &[]);
    let told = run(&["--strict", "--verbose"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(
        told.out.contains("0 disagree, 1 kept by hand\n    acme/sonata-2, max_output: 90_000 here"),
        "{}",
        told.out
    );
    place.edit("upstream/models/acme/sonata-2.toml", "output = 100_000", "output = 80_000");
    let told = run(&["--strict"]);
    assert_eq!(told.code, Some(1), "upstream has moved");
    assert!(told.err.contains("max_output: 90_000 here, 80_000 in models.dev, -11.1%"), "{}", told.err);
}

#[test]
fn a_score_that_a_person_keeps_is_counted_too() {
    let place = Place::new("huggingface");
    let (upstream, content, site) = (place.upstream(), place.site().join("content"), place.site());
    let (upstream, site) = (upstream.to_string_lossy(), site.to_string_lossy());
    let import = || {
        let args = ["import", "huggingface", &upstream, "--into", &content.to_string_lossy(), "--date", FIRST];
        let run = place.run(&args);
        assert_eq!(run.code, Some(0), "{}", run.err);
    };
    import();
    let model = place.read("content/models/acme/aria-1.toml");
    let (_, score) = model.split_once("[[score]]").expect("it has scores");
    let value = score.lines().find(|line| line.starts_with("value = ")).expect("a score has a value");
    place.edit("site/content/models/acme/aria-1.toml", value, "value = 1.5");
    import();
    let args = ["check", "--against", "huggingface", &upstream, "--root", &site, "--date", FIRST, "--strict"];
    let run = place.run(&args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains(" 0 disagree, 1 kept by hand"), "{}", run.out);
}
