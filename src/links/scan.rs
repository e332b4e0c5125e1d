//! What a finished file refers to and what can be referred to in it.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};

use crate::markup::{self, Lexer, Piece, Unfamiliar};

/// The references and ids of one file, in the order in which they stand.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// What `<base href>` says, if there is one.
    pub(super) base: Option<String>,
    /// Every URL, as the author of the markup wrote it, entities decoded.
    pub(super) urls: Vec<String>,
    /// The URLs of what is shown or run as part of the file, and not only led to.
    pub(super) parts: Vec<String>,
    /// Every id.
    pub(super) ids: Vec<String>,
    /// Every name of an `<a>`: a place to link to that need not be unique.
    pub(super) names: Vec<String>,
}

#[derive(Clone, Copy)]
enum Meaning {
    Nothing,
    /// Leads somewhere.
    Url,
    /// What is there is part of the page.
    Part,
    /// Several of which one is part of the page.
    PartList,
    Id,
    Name,
    Base,
}

impl Meaning {
    fn of(element: &[u8], attribute: &[u8]) -> Self {
        match (attribute, element) {
            (b"href", b"base") => Self::Base,
            (b"href" | b"xlink:href", b"a" | b"area") | (b"action" | b"formaction", _) => Self::Url,
            (b"href" | b"xlink:href" | b"src" | b"poster", _) | (b"data", b"object") => Self::Part,
            (b"srcset" | b"imagesrcset", _) => Self::PartList,
            (b"id", _) => Self::Id,
            (b"name", b"a") => Self::Name,
            _ => Self::Nothing,
        }
    }
}

impl Found {
    /// Takes in an attribute's value, entities decoded.
    fn add(&mut self, meaning: Meaning, value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match meaning {
            Meaning::Nothing => {}
            Meaning::Url => self.urls.push(text()),
            Meaning::Part => {
                self.parts.push(text());
                self.urls.push(text());
            }
            Meaning::PartList => {
                self.parts.extend(url_list(&text()));
                self.urls.extend(url_list(&text()));
            }
            Meaning::Id => self.ids.push(text()),
            Meaning::Name => self.names.push(text()),
            Meaning::Base => self.base = self.base.take().or_else(|| Some(text())),
        }
    }
}

/// The references and ids of a page, or of a drawing when `svg`.
pub(super) fn markup(bytes: &[u8], svg: bool) -> Found {
    let own = if svg { Err(Unfamiliar) } else { own_markup(bytes) };
    own.unwrap_or_else(|Unfamiliar| any_markup(bytes, svg))
}

/// The quick way, for pages as templates write them.
fn own_markup(bytes: &[u8]) -> Result<Found, Unfamiliar> {
    let mut found = Found::default();
    let mut lexer = Lexer::new(bytes)?;
    let mut value = Vec::new();
    while let Some(piece) = lexer.next()? {
        let Piece::Start { .. } = piece else { continue };
        for attribute in &lexer.attributes {
            let meaning = Meaning::of(lexer.text, attribute.name);
            if !matches!(meaning, Meaning::Nothing) {
                value.clear();
                markup::decode(
                    attribute.value,
                    &mut value,
                    |value, plain| value.extend_from_slice(plain),
                    |value, character, _| value.push(character),
                )?;
                found.add(meaning, &value);
            }
        }
    }
    Ok(found)
}

fn any_markup(bytes: &[u8], svg: bool) -> Found {
    let mut found = Found::default();
    let mut element = Vec::new();
    let mut in_start_tag = false;
    let mut meaning = Meaning::Nothing;
    let callback = |event: CallbackEvent<'_>, _: Span<()>| -> Option<State> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                element.clear();
                element.extend_from_slice(name);
                in_start_tag = true;
            }
            // An end tag can have attributes too; they mean nothing.
            CallbackEvent::AttributeName { name } if in_start_tag => meaning = Meaning::of(&element, name),
            CallbackEvent::AttributeValue { value } if in_start_tag => {
                found.add(meaning, value);
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                in_start_tag = false;
                return if self_closing { None } else { text_state(&element, svg) };
            }
            _ => {}
        }
        None
    };
    let mut tokenizer = Tokenizer::new_with_emitter(bytes, TagsOnly(CallbackEmitter::new(callback)));
    while let Some(Ok(state)) = tokenizer.next() {
        tokenizer.set_state(state);
    }
    drop(tokenizer);
    found
}

/// How the text of an element is read when it is not markup. `<noscript>` is: its links are there for readers.
fn text_state(element: &[u8], svg: bool) -> Option<State> {
    match element {
        b"script" => Some(State::ScriptData),
        b"style" => Some(State::RawText),
        b"iframe" | b"xmp" | b"noembed" | b"noframes" if !svg => Some(State::RawText),
        b"textarea" | b"title" if !svg => Some(State::RcData),
        _ => None,
    }
}

/// Hands tags on and drops text and complaints unread, which makes the tokenizer nearly twice as fast.
struct TagsOnly<E>(E);

impl<E: Emitter> ForwardingEmitter for TagsOnly<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_string(&mut self, _text: &[u8]) {}

    fn push_comment(&mut self, _text: &[u8]) {}
}

/// The URLs of a `srcset`.
fn url_list(srcset: &str) -> Vec<String> {
    let mut urls = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return urls;
        }
        let (url, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let bare = url.trim_end_matches(',');
        urls.push(bare.to_owned());
        // A comma right behind the URL ends the candidate; else its descriptor runs to the next comma.
        rest = if bare.len() < url.len() { after } else { after.split_once(',').map_or("", |(_, next)| next) };
    }
}

/// The references of a style sheet: each `url(…)` and each `@import "…"`.
pub(super) fn style_sheet(bytes: &[u8]) -> Found {
    let text = String::from_utf8_lossy(bytes);
    let mut urls = Vec::new();
    let mut rest = &*text;
    let mut import = false;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if c == '"' || c == '\'' {
            let (string, after) = quoted(rest, c);
            if import {
                urls.push(string);
            }
            import = false;
            rest = after;
        } else if starts_with_word(rest, "@import") {
            import = true;
            rest = &rest["@import".len()..];
        } else if starts_with_word(rest, "url(") {
            import = false;
            let inside = rest["url(".len()..].trim_start();
            let (url, after) = match inside.chars().next() {
                Some(quote @ ('"' | '\'')) => quoted(inside, quote),
                _ => {
                    let end = inside.find(')').unwrap_or(inside.len());
                    (inside[..end].trim_end().to_owned(), &inside[end..])
                }
            };
            urls.push(url);
            rest = after;
        } else {
            import &= c.is_whitespace();
            rest = &rest[c.len_utf8()..];
        }
    }
    Found { parts: urls.clone(), urls, ..Found::default() }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The string that begins here, a backslash taken from each escaped character, and what stands behind it.
fn quoted(text: &str, quote: char) -> (String, &str) {
    let mut string = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return (string, &text[at + 1..]);
        }
        if c == '\\' {
            string.extend(chars.next().map(|(_, escaped)| escaped).filter(|&escaped| escaped != '\n'));
        } else {
            string.push(c);
        }
    }
    (string, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(html: &str) -> Vec<String> {
        markup(html.as_bytes(), false).urls
    }

    #[test]
    fn finds_every_kind_of_reference() {
        let html = r##"<a href=a>x</a><img src='b' srcset="c 1x,d 2x, e"><video poster=f></video><form action=g>
            <button formaction=h></button></form><svg><use href="#i"/><use xlink:href="#j"></use></svg>
            <object data=k></object><div data=no href2=no></div><input src="l&amp;m">"##;
        assert_eq!(urls(html), ["a", "b", "c", "d", "e", "f", "g", "h", "#i", "#j", "k", "l&m"]);
        assert_eq!(markup(html.as_bytes(), false).parts, ["b", "c", "d", "e", "f", "#i", "#j", "k", "l&m"]);
    }

    #[test]
    fn markup_in_text_is_not_markup() {
        for html in [
            "<!-- <a href=x> -->",
            "<script>'<a href=x>'</script>",
            "<style>/*<a href=x>*/</style>",
            "<title><a href=x></title>",
            "<textarea><a href=x></textarea>",
            "<p title='<a href=x>'>&lt;a href=x></p>",
            "</a href=x>",
        ] {
            assert!(urls(html).is_empty(), "{html}");
        }
        assert_eq!(urls("<title>t</title><noscript><a href=x></a></noscript>"), ["x"]);
        assert_eq!(urls("<svg><title/><a href=x></a></svg>"), ["x"]);
    }

    #[test]
    fn finds_ids_names_and_the_first_base() {
        let found = markup(b"<base href=/a/><base href=/b/><i id=x></i><a name=y></a><p name=z id=x>", false);
        assert_eq!(found.base.as_deref(), Some("/a/"));
        assert_eq!(found.ids, ["x", "x"]);
        assert_eq!(found.names, ["y"]);
    }

    #[test]
    fn a_srcset_may_have_commas_in_urls_and_none_between() {
        assert_eq!(url_list("a,b 1x, c 2x,d"), ["a,b", "c", "d"]);
        assert_eq!(url_list("a, b"), ["a", "b"]);
        assert_eq!(url_list(" , "), [""; 0]);
    }

    #[test]
    fn finds_the_references_of_a_style_sheet() {
        let css = r#"@import "a.css"; @import url(b.css) screen; /* url(no) */ i { content: "url(no)"; background: url( c.svg ) }
            b { mask: URL('d\'.svg') no-repeat, url("e f.png"); } @layer "no";"#;
        assert_eq!(style_sheet(css.as_bytes()).urls, ["a.css", "b.css", "c.svg", "d'.svg", "e f.png"]);
    }

    #[test]
    fn the_quick_way_finds_what_the_other_finds() {
        let pieces = [
            "<a href=\"x?a&#38;b#c\">",
            "</a>",
            "<svg viewBox=\"0 0 1 1\">",
            "<use href=\"#i\"/>",
            "</svg>",
            "<title>&#60;a href=x></title>",
            "text &amp; ",
            "<p id=\"i\" class>",
            "<script src=\"s\"></script>",
            "<script>'<a href=\"no\">'</script>",
            "<img srcset=\"a 1x, b\" src=\"c\">",
        ];
        let mut quick = 0;
        for seed in 0..20_000_usize {
            let mut number = seed.wrapping_mul(2_654_435_761) + 7;
            let mut page = String::new();
            for _ in 0..8 {
                page.push_str(pieces[number % pieces.len()]);
                number = number / pieces.len() + number.wrapping_mul(31) % 1_000_003;
            }
            if let Ok(found) = own_markup(page.as_bytes()) {
                quick += 1;
                assert_eq!(found, any_markup(page.as_bytes(), false), "{page}");
            }
        }
        assert!(quick > 5_000, "{quick}");
    }
}
