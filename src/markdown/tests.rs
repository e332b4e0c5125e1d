use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};

use super::hostile::{HOSTILE, UNSAFE};
use super::*;
use crate::files::{SourceFile, SourceTree};
use crate::urls;

fn prose(text: &str) -> Prose {
    let file = SourceFile { path: "content/models/a/b.md".to_owned(), text: text.to_owned() };
    let tree = SourceTree::new(vec![file], Vec::new());
    let file = tree.find("content/models/a/b.md").unwrap();
    Prose { file, text: text.to_owned() }
}

fn base() -> LinkBase {
    LinkBase::Page(urls::authored("models/a/b/"))
}

fn show(text: &str) -> Rendered {
    render(&prose(text), &Place { base: &base(), level: 3, prefix: "about-" })
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn writes_what_markdown_has() {
    for (markdown, html) in [
        ("A *b* **c** ~~d~~ `e<`", "<p>A <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code></p>\n"),
        ("a\nb\\\nc", "<p>a\nb<br>\nc</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("\"quotes\" -- stay...", "<p>&quot;quotes&quot; -- stay...</p>\n"),
        ("- [ ] no task", "<ul>\n<li>[ ] no task</li>\n</ul>\n"),
        (
            "```sh\nls <x>\n```",
            "<pre tabindex=\"0\" role=\"group\" aria-label=\"sh code\"><code>ls &lt;x&gt;\n</code></pre>\n",
        ),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            "<div class=\"tbl\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">a</th>\
             <th scope=\"col\" class=\"r\">b</th></tr></thead><tbody>\n<tr><td>1</td><td class=\"r\">2</td></tr>\n\
             </tbody></table></div>\n",
        ),
    ] {
        let rendered = show(markdown);
        assert_eq!(rendered.html.as_str(), html);
        assert_eq!(rendered.diagnostics, [], "{markdown}");
    }
}

#[test]
fn links_lead_to_the_web_to_a_mailbox_and_to_this_site() {
    for (destination, href) in [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&amp;z=2#f"),
        ("HTTPS://a.example/", "https://a.example/"),
        ("http://a.example", "http://a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("/about/", "../../../about/"),
        ("/about/?x=1#team", "../../../about/?x=1#team"),
        ("/a%20b/", "../../../a%20b/"),
        ("/", "../../../"),
        ("../c/", "../c/"),
        ("c.png", "c.png"),
        ("?q=a:b", "?q=a:b"),
        ("#limits", "#about-limits"),
        ("#elsewhere", "#elsewhere"),
    ] {
        let rendered = show(&format!("[x]({destination})\n\n## Limits"));
        assert!(rendered.html.as_str().contains(&format!("<a href=\"{href}\"")), "{destination}: {}", rendered.html);
        assert_eq!(rendered.diagnostics, [], "{destination}");
        assert_eq!(rendered.links.len(), 1);
    }
    assert!(show("<https://a.example>").html.as_str().contains("rel=\"noopener\">https://a.example</a>"));
    assert!(show("<a@b.example>").html.as_str().contains("href=\"mailto:a@b.example\">a@b.example</a>"));
}

#[test]
fn a_link_is_found_where_it_was_written() {
    let text = "Some text, [a link](/x/) here.";
    let rendered = show(text);
    assert_eq!(rendered.links[0].href, "../../../x/");
    let span = rendered.links[0].origin.span;
    assert_eq!(&text[span.start()..span.end()], "[a link](/x/)");
}

#[test]
fn headings_follow_the_page_without_a_gap_and_have_ids_of_their_own() {
    let rendered = show("## A b\n### C\n##### D\n## A b\n# E");
    let outline: Vec<_> = rendered.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
    assert_eq!(outline, [(3, "about-a-b"), (4, "about-c"), (5, "about-d"), (3, "about-a-b-2"), (3, "about-e")]);
    assert!(rendered.html.as_str().contains("<h5 id=\"about-d\">D</h5>"));
}

#[test]
fn a_page_takes_its_title_and_its_description_from_the_text() {
    let text = "# About *us*\n\nWe `care`\nfor numbers.\n\n## Main\n";
    let page = render_page(prose(text).file, text, &base());
    assert_eq!(page.title.as_deref(), Some("About us"));
    assert_eq!(page.first_paragraph.as_deref(), Some("We care for numbers."));
    assert_eq!(page.html.as_str(), "<p>We <code>care</code>\nfor numbers.</p>\n<h2 id=\"main-2\">Main</h2>\n");
    assert_eq!(render_page(prose("x").file, "x", &base()).title, None);
}

#[test]
fn raw_html_is_read_as_text_and_reported_at_its_place() {
    let text = "a <b>c</b>\n\n<script>\nalert(1)\n</script>\n";
    let rendered = show(text);
    assert_eq!(codes(&rendered.diagnostics), ["raw-html", "raw-html", "raw-html"]);
    assert!(rendered.html.as_str().contains("&lt;script&gt;\nalert(1)\n&lt;/script&gt;"));
    let span = rendered.diagnostics[0].labels[0].origin.span;
    assert_eq!(&text[span.start()..span.end()], "<b>");
}

#[test]
fn images_come_from_the_site() {
    let rendered = show("![A \"chart\"](/img/c.png \"t\")");
    assert_eq!(
        rendered.html.as_str(),
        "<p><img src=\"../../../img/c.png\" alt=\"A &quot;chart&quot;\" title=\"t\" loading=\"lazy\"></p>\n"
    );
    let rendered = show("![chart](https://a.example/c.png) [![in](https://a.example/d.png)](/x/)");
    assert_eq!(codes(&rendered.diagnostics), ["external-image", "external-image"]);
    assert_eq!(
        rendered.html.as_str(),
        "<p><a href=\"https://a.example/c.png\" rel=\"noopener\">chart</a> <a href=\"../../../x/\">in</a></p>\n"
    );
}

#[test]
fn refuses_what_is_too_large_or_nested_too_deeply() {
    assert_eq!(codes(&show(&"a ".repeat(600_000)).diagnostics), ["markdown-failed"]);
    assert_eq!(codes(&show(&format!("{} a", ">".repeat(500))).diagnostics), ["markdown-failed"]);
    assert!(show(&format!("{} a", ">".repeat(20))).diagnostics.is_empty());
}

#[test]
fn a_faq_is_its_questions() {
    let place = Place { base: &base(), level: 3, prefix: "faq-" };
    let list = faq(
        &prose("# FAQ\n\n## What is [it](/x/) & `y`?\n\nA *model*, see [next](#how).\n\n### Sub\n\n## How?\n\n- so"),
        &place,
    );
    assert_eq!(list.diagnostics, []);
    let [what, how] = &list.questions[..] else { panic!("{list:?}") };
    assert_eq!((what.id.as_str(), how.id.as_str()), ("faq-what-is-it-y", "faq-how"));
    assert_eq!(what.question.as_str(), "What is it &amp; <code>y</code>?");
    assert_eq!(what.question_text, "What is it & y?");
    assert_eq!(what.answer_text, "A model, see next. Sub");
    assert!(what.answer.as_str().contains("<a href=\"#faq-how\">") && what.answer.as_str().contains("<h3>Sub</h3>"));
    assert_eq!(how.answer.as_str(), "<ul>\n<li>so</li>\n</ul>\n");
}

#[test]
fn a_faq_says_what_belongs_to_no_question_and_what_has_no_answer() {
    let place = Place { base: &base(), level: 3, prefix: "faq-" };
    let list = faq(&prose("Stray.\n\n## Empty?\n\n## \n\nx\n\n## Good?\n\nYes."), &place);
    assert_eq!(codes(&list.diagnostics), ["faq-without-question", "faq-without-answer", "faq-without-question"]);
    assert_eq!(list.questions.len(), 1);
}

#[test]
fn a_faq_without_questions_and_one_that_asks_twice_are_told_of() {
    let place = Place { base: &base(), level: 3, prefix: "faq-" };
    for empty in ["", "\n\n", "# FAQ\n"] {
        assert_eq!(codes(&faq(&prose(empty), &place).diagnostics), ["faq-without-question"], "{empty:?}");
    }
    let list = faq(&prose("## How?\n\nSo.\n\n## *how?*\n\nOr so.\n\n## Why?\n\nWell."), &place);
    assert_eq!(codes(&list.diagnostics), ["duplicate-fact"]);
    assert_eq!(list.questions.len(), 2);
}

#[test]
fn no_destination_that_could_run_or_lead_astray_becomes_a_link() {
    for destination in UNSAFE {
        for text in
            [format!("[x]({destination})"), format!("![x]({destination})"), format!("[x]\n\n[x]: {destination}")]
        {
            let rendered = show(&text);
            assert_harmless(&text, rendered.html.as_str());
            assert!(
                !rendered.html.as_str().contains("<a ") && !rendered.html.as_str().contains("<img"),
                "{text}: {}",
                rendered.html
            );
        }
    }
    for (destination, why) in [("javascript:alert(1)", "has a scheme"), ("//a.example", "names a host")] {
        let rendered = show(&format!("[x]({destination})"));
        assert_eq!(codes(&rendered.diagnostics), ["unsafe-url"]);
        assert!(rendered.diagnostics[0].message.contains(why), "{:?}", rendered.diagnostics[0]);
        assert_eq!(rendered.html.as_str(), "<p>x</p>\n");
    }
}

#[test]
fn nothing_that_an_author_writes_leaves_its_place() {
    for text in HOSTILE.iter().chain(UNSAFE) {
        assert_harmless(text, show(text).html.as_str());
        let page = render_page(prose(text).file, text, &LinkBase::Root("/".into()));
        assert_harmless(text, page.html.as_str());
        let list = faq(
            &prose(&format!("## {text}\n\nanswer\n\n## question\n\n{text}")),
            &Place { base: &base(), level: 3, prefix: "faq-" },
        );
        for question in list.questions {
            assert_harmless(text, question.question.as_str());
            assert_harmless(text, question.answer.as_str());
        }
    }
}

/// Reads the markup as a browser would: only the elements and attributes of `markdown` are there, they are closed,
/// and no address could run.
fn assert_harmless(text: &str, markup: &str) {
    const ELEMENTS: &[&str] = &[
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "ol",
        "ul",
        "li",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "em",
        "strong",
        "del",
        "a",
        "img",
        "br",
        "hr",
    ];
    const ATTRIBUTES: &[&str] = &[
        "href",
        "rel",
        "title",
        "src",
        "alt",
        "loading",
        "id",
        "class",
        "role",
        "aria-label",
        "tabindex",
        "scope",
        "start",
    ];
    let mut open: BTreeMap<String, i32> = BTreeMap::new();
    for Ok(token) in Tokenizer::new(markup) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> from {text:?}: {markup}");
                if !["img", "br", "hr"].contains(&name.as_str()) {
                    *open.entry(name).or_default() += 1;
                }
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8(attribute.to_vec()).unwrap();
                    let value = String::from_utf8(value.to_vec()).unwrap().to_ascii_lowercase();
                    assert!(ATTRIBUTES.contains(&attribute.as_str()), "{attribute} from {text:?}: {markup}");
                    if attribute == "href" || attribute == "src" {
                        assert!(!value.starts_with("//") && !value.contains(char::is_whitespace), "{text:?}: {markup}");
                        let scheme =
                            value.split(['/', '?', '#']).next().unwrap().split_once(':').map(|(scheme, _)| scheme);
                        assert!(matches!(scheme, None | Some("https" | "http" | "mailto")), "{text:?}: {markup}");
                    }
                }
            }
            Token::EndTag(tag) => *open.entry(String::from_utf8(tag.name.to_vec()).unwrap()).or_default() -= 1,
            Token::String(string) => {
                let bad = |c: char| c.is_control() && c != '\n' && c != '\t';
                assert!(!String::from_utf8_lossy(&string).contains(bad), "control character from {text:?}");
            }
            other => panic!("{other:?} from {text:?}: {markup}"),
        }
    }
    assert!(open.values().all(|count| *count == 0), "unbalanced from {text:?}: {markup}");
}
