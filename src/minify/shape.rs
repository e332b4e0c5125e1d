//! What a page says, whatever its bytes: its elements, its words, and the spaces that show between them.
//!
//! `minify-html` takes `<nav>`, `<div>`, `<ul>` and their like for boxes with nothing but boxes in them and drops
//! every space between their children, so that `<div><b>1</b> <i>USD</i></div>` becomes "1USD"; it also trims
//! inside `<label>` and `<output>`, which stand in a line. It cannot be told not to. So the spaces at the edges of a
//! text that a browser would show are hidden from it as a character that no page has, and brought back after.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};

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

/// How an element stands among the text around it, by the style sheet that every browser starts with. A site's own
/// style sheet may turn a line into boxes, which loses nothing, but not a list item into a piece of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// In the line: spaces before, in and after it show.
    Inline,
    /// A box in the line: spaces around it show, those at its inner edges do not.
    Box,
    /// A thing in the line without text of its own.
    Thing,
    /// A line of its own, or no line at all: no space next to it shows.
    Block,
    /// Not shown, and not in the way of a space.
    Absent,
}

fn flow(name: &[u8], in_svg: bool) -> Flow {
    match name {
        b"svg" => Flow::Box,
        // A text in a drawing stands by itself, and runs on through these.
        b"tspan" | b"textPath" | b"a" if in_svg => Flow::Inline,
        _ if in_svg => Flow::Block,
        b"button" | b"select" | b"textarea" | b"meter" | b"progress" | b"object" | b"video" | b"audio" | b"canvas"
        | b"iframe" | b"template" => Flow::Box,
        b"img" | b"input" | b"embed" => Flow::Thing,
        b"script" | b"style" | b"link" | b"meta" => Flow::Absent,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"br" | b"caption" | b"center" | b"col"
        | b"colgroup" | b"datalist" | b"dd" | b"details" | b"dialog" | b"dir" | b"div" | b"dl" | b"dt"
        | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
        | b"h6" | b"head" | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"li" | b"listing" | b"main"
        | b"menu" | b"nav" | b"ol" | b"optgroup" | b"option" | b"p" | b"plaintext" | b"pre" | b"search"
        | b"section" | b"summary" | b"table" | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"title" | b"tr"
        | b"ul" | b"xmp" => Flow::Block,
        // Everything else is in the line, unknown elements too.
        _ => Flow::Inline,
    }
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
    /// Whether the line has something in it, so that a space would show after it.
    line_has_content: bool,
    /// A space that shows if something follows in the line, and where it is in the page.
    waiting: Option<Range<usize>>,
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
            line_has_content: false,
            waiting: None,
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
                self.open(flow(name, self.in_svg > 0));
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

    /// A start tag: what it does to the line it stands in.
    fn open(&mut self, flow: Flow) {
        match flow {
            Flow::Inline | Flow::Absent => {}
            Flow::Thing => self.something_in_line(),
            Flow::Box => {
                self.something_in_line();
                self.new_line();
            }
            Flow::Block => self.new_line(),
        }
    }

    /// The end of a start tag: how the text in the element is to be read.
    fn enter(&mut self, self_closing: bool) -> Option<State> {
        let in_svg = self.in_svg > 0;
        match self.tag.as_slice() {
            b"svg" if self_closing => self.line_has_content = true,
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
            b"pre" | b"code" | b"textarea" | b"title" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
        match flow(name, self.in_svg > 0) {
            Flow::Inline | Flow::Absent | Flow::Thing => {}
            Flow::Box => {
                self.new_line();
                self.line_has_content = true;
            }
            Flow::Block => self.new_line(),
        }
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
            self.space(start..start + spaces);
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
            self.space(end - spaces..end);
        }
    }

    /// A space: it shows if there is something in the line before it and something after it.
    fn space(&mut self, at: Range<usize>) {
        if self.line_has_content && self.waiting.is_none() {
            self.waiting = Some(at);
        }
    }

    fn something_in_line(&mut self) {
        if let Some(space) = self.waiting.take() {
            self.says.extend_from_slice(b" ");
            self.shown.push(space);
        }
        self.line_has_content = true;
    }

    fn new_line(&mut self) {
        self.waiting = None;
        self.line_has_content = false;
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
