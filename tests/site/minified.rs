//! What is left of every page, held against what `minify-html` makes of it.

use std::collections::BTreeMap;
use std::io::Write as _;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use modelfolio::catalog::Date;
use modelfolio::files::{SourceFile, SourceTree};
use modelfolio::{Options, assemble, load, minify};

use crate::{binary, generator};

/// Every page of a site that a template writes, as it is written.
fn pages(tree: &SourceTree) -> Vec<(String, Vec<u8>)> {
    let options = Options { today: Date::parse("2026-06-01").expect("a day"), base_url: None };
    let site = assemble(tree, Vec::new(), &options, &mut |_| {}).site.expect("the site is sound");
    let pages =
        site.iter().filter(|(path, file)| path.as_str().ends_with(".html") && !file.producer.starts_with("static/"));
    pages.map(|(path, file)| (path.to_string(), file.bytes.clone())).collect()
}

fn loaded(folder: &std::path::Path) -> SourceTree {
    load::load(folder).expect("the site can be read").0
}

fn made_up(models: usize) -> SourceTree {
    let files = generator::catalogue(models, 42).into_iter().map(|(path, text)| SourceFile { path, text });
    SourceTree::new(files.collect(), Vec::new())
}

/// What a browser builds its tree from: the tags with their attributes, and the texts between them.
fn tree(page: &[u8]) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut tree = Vec::new();
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        tree.push(match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attributes: BTreeMap<String, String> = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| {
                        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                        (text(name), text(value))
                    })
                    .collect();
                format!("<{name} {attributes:?} {}>", tag.self_closing)
            }
            Token::EndTag(tag) => format!("</{}>", String::from_utf8_lossy(&tag.name)),
            Token::String(text) => format!("{:?}", String::from_utf8_lossy(&text)),
            Token::Doctype(_) => "doctype".to_owned(),
            Token::Comment(text) => format!("comment {text:?}"),
            Token::Error(_) => continue,
        });
    }
    tree
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail").len()
}

#[test]
fn every_page_has_the_tree_that_minify_html_gives_and_weighs_no_more() {
    let sites = [loaded(&binary::complete()), loaded(&binary::repository()), made_up(60)];
    for site in &sites {
        let (mut raw, mut compressed) = ([0, 0], [0, 0]);
        for (path, page) in pages(site) {
            let small = minify::own_html(&page).unwrap_or_else(|| panic!("{path} is not as templates are"));
            let by_crate = minify::any_html(&page).expect("minify-html takes every page");
            let (found, expected) = (tree(&small), tree(&by_crate));
            if let Some(at) = (0..found.len().max(expected.len())).find(|&at| found.get(at) != expected.get(at)) {
                panic!("{path}, piece {at}: {:?} in place of {:?}", found.get(at..at + 3), expected.get(at..at + 3));
            }
            for (at, bytes) in [&small, &by_crate].into_iter().enumerate() {
                raw[at] += bytes.len();
                compressed[at] += gzip(bytes);
            }
        }
        assert!(raw[0] * 1000 <= raw[1] * 1015, "{raw:?} bytes");
        assert!(compressed[0] * 100 <= compressed[1] * 101, "{compressed:?} bytes compressed");
    }
}
