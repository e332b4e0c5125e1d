//! What a page says, whatever its bytes: its elements, its words, and the spaces that show between them.
//!
//! `minify-html` takes `<nav>`, `<div>`, `<ul>` and their like for boxes with nothing but boxes in them and drops
//! every space between their children, so that `<div><b>1</b> <i>USD</i></div>` becomes "1USD"; it also trims
//! inside `<label>` and `<output>`, which stand in a line. It cannot be told not to. So the spaces at the edges of a
//! text that a browser would show are hidden from it as a character that no page has, and brought back after.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};

use super::line::{Line, flow, keeps_spaces};

/// Stands for spaces that show. HTML allows no page to have it.
pub(super) const HIDDEN_SPACE: u8 = 0x1f;

/// The elements, words and visible spaces of a page, one after the other: what has to be equal before and after.
pub(super) type Shape = Vec<u8>;

/// The shape of a page, and the page with its visible spaces hidden.
pub(super) fn hide_spaces(page: &[u8]) -> (Shape, Vec<u8>) {
    let reader = Reader::read(page);
    let mut marked = page.to_vec();
    for range in reader.shown {
        marked[range].fill(HIDDEN_SPACE);
    }
    (reader.says, marked)
}

/// The shape of a minified page, and the page with its spaces and its quotes brought back.
pub(super) fn restore(small: &[u8]) -> (Shape, Vec<u8>) {
    let mut shown = Vec::with_capacity(small.len());
    for &byte in small {
        match byte {
            HIDDEN_SPACE if shown.last() == Some(&b' ') => {}
            HIDDEN_SPACE => shown.push(b' '),
            byte => shown.push(byte),
        }
    }
    let reader = Reader::read(&shown);
    let mut quoted = Vec::with_capacity(shown.len() + 2 * reader.bare_values.len());
    let mut done = 0;
    for Range { start, end } in reader.bare_values {
        quoted.extend_from_slice(&shown[done..start]);
        quoted.push(b'"');
        quoted.extend_from_slice(&shown[start..end]);
        quoted.push(b'"');
        done = end;
    }
    quoted.extend_from_slice(&shown[done..]);
    (reader.says, quoted)
}

/// Reads a page once and keeps what the two sides need.
struct Reader<'a> {
    page: &'a [u8],
    says: Shape,
    /// The name of the last start tag.
    tag: Vec<u8>,
    in_start_tag: bool,
    /// The text since the last tag, entities decoded, and where it begins in the page.
    text: Vec<u8>,
    text_from: usize,
    /// The line that is read, with the place of a space that may show in it.
    line: Line<Range<usize>>,
    /// The spaces that show.
    shown: Vec<Range<usize>>,
    /// The attribute values without quotes.
    bare_values: Vec<Range<usize>>,
    /// Depth in elements whose text keeps its spaces.
    preformatted: usize,
    /// Depth in drawings.
    in_svg: usize,
    /// Whether the text is neither markup nor shown: a script, a style.
    raw: bool,
}

impl<'a> Reader<'a> {
    fn read(page: &'a [u8]) -> Self {
        let mut reader = Self {
            page,
            says: Vec::with_capacity(page.len()),
            tag: Vec::new(),
            in_start_tag: false,
            text: Vec::new(),
            text_from: 0,
            line: Line::default(),
            shown: Vec::new(),
            bare_values: Vec::new(),
            preformatted: 0,
            in_svg: 0,
            raw: false,
        };
        let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| reader.event(&event, span));
        let mut tokenizer = Tokenizer::new_with_emitter(page, Forgiving(emitter));
        while let Some(Ok(state)) = tokenizer.next() {
            tokenizer.set_state(state);
        }
        drop(tokenizer);
        reader.end_text(page.len());
        reader
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) -> Option<State> {
        match event {
            CallbackEvent::String { value } => self.text.extend_from_slice(value),
            CallbackEvent::OpenStartTag { name } => {
                self.end_text(span.start);
                self.tag.clear();
                self.tag.extend_from_slice(name);
                self.in_start_tag = true;
                self.says.extend_from_slice(b"\0<");
                self.says.extend_from_slice(name);
                let space = self.line.open(flow(name, self.in_svg > 0));
                self.show(space);
            }
            CallbackEvent::AttributeValue { .. } if self.in_start_tag => {
                let before = span.start.checked_sub(1).and_then(|at| self.page.get(at));
                if !matches!(before, Some(b'"' | b'\'')) {
                    self.bare_values.push(span.start..span.end);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.in_start_tag = false;
                self.text_from = span.end;
                return self.enter(*self_closing);
            }
            CallbackEvent::EndTag { name } => {
                self.end_text(span.start);
                self.text_from = span.end;
                self.says.extend_from_slice(b"\0>");
                self.says.extend_from_slice(name);
                self.leave(name);
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.end_text(span.start);
                self.text_from = span.end;
            }
            CallbackEvent::AttributeName { .. } | CallbackEvent::AttributeValue { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }

    /// The end of a start tag: how the text in the element is to be read.
    fn enter(&mut self, self_closing: bool) -> Option<State> {
        let in_svg = self.in_svg > 0;
        match self.tag.as_slice() {
            b"svg" if self_closing => self.something_in_line(),
            b"svg" => self.in_svg += 1,
            // Only in a drawing does a tag close itself.
            _ if in_svg && self_closing => {}
            b"script" => {
                self.raw = true;
                return Some(State::ScriptData);
            }
            b"style" => {
                self.raw = true;
                return Some(State::RawText);
            }
            b"textarea" | b"title" if !in_svg => {
                self.preformatted += 1;
                return Some(State::RcData);
            }
            b"pre" | b"code" => self.preformatted += 1,
            _ => {}
        }
        None
    }

    /// An end tag.
    fn leave(&mut self, name: &[u8]) {
        self.raw = false;
        match name {
            b"svg" => self.in_svg = self.in_svg.saturating_sub(1),
            b"title" if self.in_svg > 0 => {}
            name if keeps_spaces(name) => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
        self.line.close(flow(name, self.in_svg > 0));
    }

    /// The text that ends here, as words and spaces.
    fn end_text(&mut self, end: usize) {
        let start = std::mem::replace(&mut self.text_from, end);
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.read_text(&text, start, end);
            // Kept for the next text: the memory is there.
            self.text = text;
            self.text.clear();
        }
    }

    fn read_text(&mut self, text: &[u8], start: usize, end: usize) {
        if self.raw {
            self.says.extend_from_slice(text.trim_ascii());
            return;
        }
        if self.preformatted > 0 {
            self.something_in_line();
            self.says.extend_from_slice(text);
            return;
        }
        let page = self.page;
        let source = &page[start.min(end)..end];
        if text[0].is_ascii_whitespace() {
            let spaces = source.len() - source.trim_ascii_start().len();
            self.line.space(start..start + spaces);
        }
        let mut words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return };
        self.something_in_line();
        self.says.extend_from_slice(first);
        for word in words {
            self.says.extend_from_slice(b" ");
            self.says.extend_from_slice(word);
        }
        if text[text.len() - 1].is_ascii_whitespace() {
            let spaces = source.len() - source.trim_ascii_end().len();
            self.line.space(end - spaces..end);
        }
    }

    fn something_in_line(&mut self) {
        let space = self.line.something();
        self.show(space);
    }

    /// Notes a space that shows.
    fn show(&mut self, space: Option<Range<usize>>) {
        if let Some(space) = space {
            self.says.extend_from_slice(b" ");
            self.shown.push(space);
        }
    }
}

/// Hands everything on but the tokenizer's complaints, which cost as much as the rest.
struct Forgiving<E>(E);

impl<E: Emitter> ForwardingEmitter for Forgiving<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}
