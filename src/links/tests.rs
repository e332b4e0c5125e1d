use super::*;

fn site(files: &[(&str, &str)]) -> Site {
    let mut site = Site::default();
    for (path, text) in files {
        site.insert(SitePath::new(*path).unwrap(), format!("maker of {path}"), text.as_bytes().to_vec()).unwrap();
    }
    site
}

fn findings(files: &[(&str, &str)]) -> Vec<(&'static str, String, String, Option<String>)> {
    let told = check(&site(files), "/", &Authored::new());
    told.into_iter().map(|d| (d.code, d.path.unwrap_or_default(), d.message, d.help)).collect()
}

fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    findings(files).into_iter().map(|(code, ..)| code).collect()
}

#[test]
fn a_site_that_hangs_together_has_no_findings() {
    let files = [
        ("index.html", r#"<a href="models/a/b/#price">x</a><link href=style.css><img src="i.png"><a href="">y</a>"#),
        ("models/a/b/index.html", r##"<h2 id=price></h2><a href="../../../">x</a><a href="#price">y</a><a name=old>"##),
        ("404.html", r#"<a href="/">x</a><a href="/models/a/b/#old">y</a><a href="https://example.org/gone">z</a>"#),
        ("style.css", "i { mask: url(i.png) }"),
        ("i.png", ""),
        ("rulers.svg", r##"<svg><g id="r"/><use href="#r"/></svg>"##),
        ("use/index.html", r#"<svg><use href="../rulers.svg#r"/></svg><a href="../i.png#page=2">"#),
    ];
    assert_eq!(findings(&files), []);
}

#[test]
fn a_link_to_nothing_names_the_page_the_maker_the_url_and_the_nearest_path() {
    let files = [("index.html", r#"<a href="models/opnai/o3/">x</a>"#), ("models/openai/o3/index.html", "")];
    let expected = (
        "broken-link",
        "index.html".to_owned(),
        "maker of index.html links to `models/opnai/o3/`, but the site has no `models/opnai/o3/index.html`".to_owned(),
        Some("did you mean `models/openai/o3/index.html`?".to_owned()),
    );
    assert_eq!(findings(&files), [expected]);
}

#[test]
fn a_folder_is_linked_with_its_slash() {
    let found = findings(&[("index.html", "<a href=faq>x</a>"), ("faq/index.html", "")]);
    assert_eq!(found[0].3.as_deref(), Some("`faq` is a folder: link to it with a `/` at the end"));
}

#[test]
fn a_link_to_a_missing_id_suggests_the_nearest_one() {
    let found = findings(&[
        ("a/index.html", r#"<a href="../#pricing">x</a>"#),
        ("index.html", "<h2 id=prices></h2><h2 id=faq></h2>"),
        ("r.svg", ""),
        ("z.html", "<svg><use href=r.svg#gone></svg>"),
    ]);
    assert_eq!(found[0].0, "broken-anchor");
    assert_eq!(found[0].2, "maker of a/index.html links to `../#pricing`, but `index.html` has no id `pricing`");
    assert_eq!(found[0].3, None, "four letters are too far");
    assert_eq!((found[1].0, found[1].3.as_deref()), ("broken-anchor", None));
    let found = findings(&[("index.html", "<a href=#price>x</a><h2 id=prices></h2>")]);
    assert_eq!(found[0].3.as_deref(), Some("did you mean `#prices`?"));
}

#[test]
fn the_same_fault_on_many_pages_is_one_finding() {
    let link = r#"<a href="../gone/">x</a>"#;
    let found = findings(&[("a/index.html", link), ("b/index.html", link), ("c/index.html", link)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "a/index.html");
    assert!(found[0].2.ends_with("(and 2 other pages)"), "{}", found[0].2);
}

#[test]
fn an_id_twice_is_found_on_each_page() {
    let twice = "<i id=a></i><i id=a></i><a name=a></a>";
    assert_eq!(codes(&[("a.html", twice), ("b.html", twice)]), ["duplicate-id", "duplicate-id"]);
    assert_eq!(codes(&[("a.html", "<a id=x name=x></a><a name=x></a>")]), [""; 0]);
}

#[test]
fn urls_that_could_run_something_are_found_in_pages_drawings_and_style_sheets() {
    let files = [
        ("a.html", "<a href='&#106;avascript:alert(1)'>x</a>"),
        ("b.svg", "<a xlink:href='data:text/html,x'/>"),
        ("c.css", "i{background:url(data:image/png,x)}"),
    ];
    assert_eq!(codes(&files), ["unsafe-url"; 3]);
}

#[test]
fn a_style_sheet_links_from_its_own_folder() {
    let found = findings(&[("css/a.css", "i{background:url(i.png)}"), ("i.png", "")]);
    assert!(found[0].2.contains("the site has no `css/i.png`"), "{}", found[0].2);
}

#[test]
fn paths_are_compared_to_the_letter() {
    assert_eq!(codes(&[("index.html", "<a href=FAQ/>x</a>"), ("faq/index.html", "")]), ["broken-link"]);
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let mut site = Site::default();
    let bytes = b"<a href='\xff\xfe'>\xff<p id=\xff><<<</a \xff".to_vec();
    site.insert(SitePath::new("a.html").unwrap(), "x", bytes).unwrap();
    assert_eq!(check(&site, "/", &Authored::new()).len(), 1);
}
