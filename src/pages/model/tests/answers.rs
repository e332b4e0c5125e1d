//! What questions, capabilities and the list of unknowns say of the same facts.

use super::with;
use crate::pages::model::{Card, capabilities, faq, unknowns};
use crate::pages::sources::Citations;

/// The answers from the data, the capabilities and the unknowns of a model.
fn said(model: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let model = format!("name = \"A\"\n{model}");
    let relay = "name = \"Relay\"\n[[offer]]\nmodel = \"acme/b\"\n[[offer.price.row]]\ncomponent = \"input\"\namount = 1\n\
        until = 2026-03-31\n";
    let files =
        [("models/acme/a.toml", &model[..]), ("models/acme/b.toml", "name = \"B\""), ("providers/relay.toml", relay)];
    let look = |card: &Card<'_>, citations: &mut Citations<'_>| {
        let answers = faq::faq(card, &mut faq::Authored::default()).map(|faq| faq.from_data).unwrap_or_default();
        let abilities = capabilities::capabilities(card, citations).map(|all| all.abilities).unwrap_or_default();
        let abilities = abilities.iter().filter(|line| line.state != "not known");
        (
            answers.iter().map(|one| format!("{} {}", one.question, one.answer.words())).collect(),
            abilities.map(|line| format!("{}: {} {}", line.name, line.state, line.detail).trim().to_owned()).collect(),
            unknowns::unknowns(card).iter().map(|one| format!("{}: {}", one.what, one.why)).collect(),
        )
    };
    with(&files, if model.contains("OF RELAY") { "acme/b" } else { "acme/a" }, look)
}

fn holds(words: &[String], wanted: &str) -> bool {
    words.iter().any(|words| words.contains(wanted))
}

#[test]
fn whether_a_model_sees_is_said_alike_by_its_answers_and_its_capabilities() {
    let takes = |modalities: &str| format!("modalities = {{ input = [{modalities}], output = [\"text\"] }}\n");
    let can = "[capabilities]\nstreaming = true\n";
    let (answers, abilities, unknown) = said(&format!("{}{can}", takes("\"text\"")));
    assert!(holds(&answers, "read images? No. It takes text and gives text."), "{answers:?}");
    assert_eq!(abilities, ["Vision: no by its modalities", "Streaming: yes"]);
    assert!(holds(&unknown, "Whether it has tool calling, structured output, reasoning, prompt"), "{unknown:?}");
    assert!(!holds(&unknown, "vision"), "{unknown:?}");
    let (answers, abilities, _) = said(&format!("{}{can}", takes("\"text\", \"image\"")));
    assert!(holds(&answers, "read images? Yes. It takes text and images and gives text."), "{answers:?}");
    assert_eq!(abilities, ["Vision: yes by its modalities", "Streaming: yes"]);
    // What nobody has said is neither.
    let (answers, abilities, unknown) = said(can);
    assert!(!holds(&answers, "images"), "{answers:?}");
    assert_eq!(abilities, ["Streaming: yes"]);
    assert!(holds(&unknown, "vision"), "{unknown:?}");
    let (answers, _, _) = said("[capabilities]\nvision = true");
    assert!(holds(&answers, "read images? Yes. What else it takes is not known."), "{answers:?}");
    let (answers, _, _) = said("[capabilities]\nvision = false");
    assert!(holds(&answers, "read images? No. What it takes is not known."), "{answers:?}");
    // Modalities alone are no section of capabilities.
    assert!(said(&takes("\"text\"")).1.is_empty());
}

#[test]
fn a_price_that_has_ended_is_known_to_have() {
    let row = |days: &str| format!("[[price.row]]\ncomponent = \"input\"\namount = 1\n{days}\n");
    let (answers, _, unknown) = said(&row("until = 2026-03-31"));
    let cost = "How much does A cost? No price of Acme holds today: the last one ended on 31 Mar 2026.";
    assert_eq!(answers[0], cost);
    assert!(!holds(&unknown, "Prices"), "{unknown:?}");
    let (answers, _, _) = said(&format!("{}{}", row("until = 2026-03-31"), row("from = 2099-01-01")));
    assert_eq!(answers[0], cost.replace("2026.", "2026; the next one begins on 1 Jan 2099."));
    let (answers, _, unknown) = said("summary = \"OF RELAY\"");
    assert_eq!(answers[0], cost.replace(" A ", " B ").replace("Acme", "Relay"));
    assert!(!holds(&unknown, "Prices"), "{unknown:?}");
}
