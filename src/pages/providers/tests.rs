use super::*;
use crate::pages::example::with;

fn told(row: &Row) -> String {
    let text = |text: &Option<Text>| text.as_ref().map_or_else(|| "-".to_owned(), Text::words);
    let tally = format!("{}{}", row.tally.words, if row.tally.quiet { "?" } else { "" });
    format!("{}, {}: {} in {}, {tally}, {}", row.name, text(&row.developer), row.models, row.offers, text(&row.data))
}

#[test]
fn those_with_most_offers_come_first_and_every_state_is_said() {
    let offer = |input: &str| {
        format!("[[offer]]\nmodel = \"acme/a\"\nregion = \"{input}\"\nprice = {{ input = {input}, output = 4 }}\n")
    };
    let many = format!("name = \"many\"\n[data_policy]\nretention = \"30 days\"\n{}{}", offer("0.5"), offer("2"));
    let files = [
        ("models/acme/a.toml", "name = \"A\"\nprice = { input = 1, output = 4 }"),
        (
            "providers/acme.toml",
            "name = \"Own\"\ndeveloper = \"acme\"\n[data_policy]\nurl = \"https://acme.example/data\"",
        ),
        ("providers/many.toml", many.as_str()),
        ("providers/none.toml", "name = \"None\"\n[data_policy]\ntrains_on_data = true"),
        ("providers/plan.toml", "name = \"Plan\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = \"in plan\" }"),
    ];
    with(&files, |cx| {
        let page = view(cx, 1).expect("there is a first page");
        let rows: Vec<String> = page.rows.iter().map(told).collect();
        assert_eq!(
            rows,
            [
                "many, -: 1 in 2, 1 cheaper, 1 dearer, kept 30 days.",
                "Own, Acme: 1 in 1, the developer’s own?, see its policy.",
                "Plan, -: 1 in 1, not comparable?, -",
                "None, -: 0 in 0, no offer?, trained on.",
            ]
        );
        assert!(page.note.starts_with("4 providers, those with most offers first."), "{}", page.note);
        assert_eq!(page.layout.title, "Providers of AI models · Cards");
    });
}

#[test]
fn none_and_one_are_told_and_many_go_on_to_further_pages() {
    with(&[], |cx| assert_eq!(view(cx, 1).expect("there is a first page").note, "No provider is on file."));
    with(&[("providers/p.toml", "name = \"P\"")], |cx| {
        assert!(view(cx, 1).expect("there is a first page").note.starts_with("1 provider. Prices"));
    });
    let paths: Vec<String> = (0..201).map(|at| format!("providers/p{at:03}.toml")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "name = \"P\"")).collect();
    with(&files, |cx| {
        let page = view(cx, 2).expect("there are two pages");
        assert_eq!((page.rows.len(), page.rows[0].href.as_str()), (1, "../p200/"));
        assert!(view(cx, 3).is_none());
    });
}
