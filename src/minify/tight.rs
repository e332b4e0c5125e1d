//! The quick way: the templates are written so that little more than white space is left to take, and it is taken here in
//! one pass, at a thirtieth of what `minify-html` takes for the same result.
//!
//! Tests hold every page of several sites against what `minify-html` makes of it.

use super::line::{Line, flow, keeps_spaces};
use crate::markup::{self, Lexer, Piece, Unfamiliar};

/// The page without the spaces that do not show, its characters as short as can be.
///
/// # Errors
///
/// When the page has something that templates do not write.
pub(super) fn tight(page: &[u8]) -> Result<Vec<u8>, Unfamiliar> {
    let mut lexer = Lexer::new(page)?;
    let mut writer = Writer { out: Vec::with_capacity(page.len()), line: Line::default(), verbatim: 0 };
    while let Some(piece) = lexer.next()? {
        match piece {
            Piece::Doctype => writer.out.extend_from_slice(b"<!doctype html>"),
            Piece::Script => writer.out.extend_from_slice(lexer.text.trim_ascii()),
            Piece::Text => writer.text(lexer.text)?,
            Piece::Start { closed } => writer.start_tag(&lexer, closed)?,
            Piece::End => writer.end_tag(lexer.text, lexer.in_svg > 0),
        }
    }
    Ok(writer.out)
}

struct Writer {
    out: Vec<u8>,
    /// The line that is written, with the place of a space that may show in it.
    line: Line<usize>,
    /// Depth in elements whose text keeps its spaces.
    verbatim: usize,
}

impl Writer {
    fn start_tag(&mut self, lexer: &Lexer<'_>, closed: bool) -> Result<(), Unfamiliar> {
        let name = lexer.text;
        let svg = name == b"svg";
        // The drawing itself stands in the line outside.
        let in_svg = lexer.in_svg > usize::from(svg && !closed);
        let flow = flow(name, in_svg);
        self.show_space(|line| line.open(flow));
        if svg && closed {
            self.show_space(|line| line.something());
        }
        if !closed && has_all_spaces(name, in_svg) {
            self.verbatim += 1;
        }
        self.out.push(b'<');
        self.out.extend_from_slice(name);
        for attribute in &lexer.attributes {
            self.out.push(b' ');
            self.out.extend_from_slice(attribute.name);
            if !attribute.value.is_empty() {
                self.out.extend_from_slice(b"=\"");
                self.characters(attribute.value, b"&#34;")?;
                self.out.push(b'"');
            }
        }
        self.out.extend_from_slice(if closed { b"/>" } else { b">" });
        Ok(())
    }

    fn end_tag(&mut self, name: &[u8], in_svg: bool) {
        if has_all_spaces(name, in_svg) {
            self.verbatim = self.verbatim.saturating_sub(1);
        }
        self.line.close(flow(name, in_svg));
        self.out.extend_from_slice(b"</");
        self.out.extend_from_slice(name);
        self.out.push(b'>');
    }

    fn text(&mut self, text: &[u8]) -> Result<(), Unfamiliar> {
        if self.verbatim > 0 {
            self.show_space(Line::something);
            return self.characters(text, b"\"");
        }
        if text[0].is_ascii_whitespace() {
            self.line.space(self.out.len());
        }
        let mut words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return Ok(()) };
        self.show_space(Line::something);
        self.characters(first, b"\"")?;
        for word in words {
            self.out.push(b' ');
            self.characters(word, b"\"")?;
        }
        if text[text.len() - 1].is_ascii_whitespace() {
            self.line.space(self.out.len());
        }
        Ok(())
    }

    /// Writes characters, each as short as it may be.
    fn characters(&mut self, text: &[u8], quote: &[u8]) -> Result<(), Unfamiliar> {
        markup::decode(
            text,
            &mut self.out,
            |out, plain| out.extend_from_slice(plain),
            |out, character, after| {
                match character {
                    b'"' => out.extend_from_slice(quote),
                    b'<' => out.extend_from_slice(b"&lt;"),
                    // Before a letter or a `#` it would begin an entity.
                    b'&' if after.first().is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'#') => {
                        out.extend_from_slice(b"&amp;");
                    }
                    other => out.push(other),
                }
            },
        )
    }

    /// Does something to the line, and writes the space that waited if it shows by that.
    fn show_space(&mut self, step: impl FnOnce(&mut Line<usize>) -> Option<usize>) {
        if let Some(at) = step(&mut self.line) {
            self.out.insert(at, b' ');
        }
    }
}

/// Whether the text in an element keeps its spaces. The title of a drawing is a text like others.
fn has_all_spaces(name: &[u8], in_svg: bool) -> bool {
    keeps_spaces(name) && !(in_svg && name == b"title")
}
