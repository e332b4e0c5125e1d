//! Pages as this program writes them, taken apart: quick because it knows only what templates, `markdown` and `charts` write.
//!
//! Whatever else HTML allows is [`Unfamiliar`], and a reader that knows all of HTML has to be asked. So what is
//! understood here is understood as every browser does, and tests hold it against such a reader.

use memchr::{memchr, memchr3, memmem};

/// Something that no part of this program writes on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfamiliar;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `<!doctype html>`.
    Doctype,
    /// A start tag; its attributes are in [`Lexer::attributes`].
    Start {
        /// Whether it closes itself, as elements of drawings can.
        closed: bool,
    },
    /// An end tag.
    End,
    /// Text as it is written, entities and all.
    Text,
    /// What is written in a script: not for readers.
    Script,
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a [u8],
    /// What stands between the quotes, entities and all; nothing for one without a value.
    pub(crate) value: &'a [u8],
}

/// Takes a page apart, piece by piece.
pub(crate) struct Lexer<'a> {
    page: &'a [u8],
    at: usize,
    /// The piece that was read last: a text, or the name of a tag.
    pub(crate) text: &'a [u8],
    /// The attributes of the start tag that was read last.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// Depth in drawings.
    pub(crate) in_svg: usize,
    /// The element whose text is not markup, when one has just begun.
    literal: Option<&'static str>,
}

impl<'a> Lexer<'a> {
    /// # Errors
    ///
    /// When the page has bytes that are not written here.
    pub(crate) fn new(page: &'a [u8]) -> Result<Self, Unfamiliar> {
        // Browsers rewrite these before they read anything.
        match memchr3(b'\r', 0, 0x0c, page) {
            Some(_) => Err(Unfamiliar),
            None => Ok(Self { page, at: 0, text: &[], attributes: Vec::new(), in_svg: 0, literal: None }),
        }
    }

    /// The next piece, if there is one.
    pub(crate) fn next(&mut self) -> Result<Option<Piece>, Unfamiliar> {
        let rest = &self.page[self.at..];
        if let Some(end_tag) = self.literal.take() {
            let end = memmem::find(rest, end_tag.as_bytes()).ok_or(Unfamiliar)?;
            if end > 0 {
                self.take(end);
                return Ok(Some(if end_tag == SCRIPT_END { Piece::Script } else { Piece::Text }));
            }
        }
        match rest {
            [] => Ok(None),
            [b'<', b'/', ..] => self.end_tag().map(Some),
            [b'<', b'!', ..] => {
                const DOCTYPE: &[u8] = b"<!doctype html>";
                let is_doctype = rest.starts_with(DOCTYPE);
                self.at += DOCTYPE.len();
                is_doctype.then_some(Some(Piece::Doctype)).ok_or(Unfamiliar)
            }
            [b'<', ..] => self.start_tag().map(Some),
            _ => {
                self.take(memchr(b'<', rest).unwrap_or(rest.len()));
                Ok(Some(Piece::Text))
            }
        }
    }

    fn take(&mut self, length: usize) {
        self.text = &self.page[self.at..self.at + length];
        self.at += length;
    }

    /// Reads the name of an element.
    fn name(&mut self) -> Result<&'a [u8], Unfamiliar> {
        let rest = &self.page[self.at..];
        let is_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
        let length = rest.iter().position(|byte| !is_name(byte)).ok_or(Unfamiliar)?;
        if !rest[0].is_ascii_lowercase() {
            return Err(Unfamiliar);
        }
        self.take(length);
        Ok(self.text)
    }

    fn end_tag(&mut self) -> Result<Piece, Unfamiliar> {
        self.at += 2;
        if self.name()? == b"svg" {
            self.in_svg = self.in_svg.saturating_sub(1);
        }
        self.expect(b'>')?;
        Ok(Piece::End)
    }

    fn start_tag(&mut self) -> Result<Piece, Unfamiliar> {
        self.at += 1;
        let name = self.name()?;
        self.attributes.clear();
        let closed = loop {
            match self.page[self.at..] {
                [b'>', ..] => break false,
                // Elsewhere browsers pass over the slash.
                [b'/', b'>', ..] if self.in_svg > 0 || name == b"svg" => break true,
                [b' ' | b'\n' | b'\t', ..] => self.at += 1,
                [..] if matches!(self.page[self.at - 1], b' ' | b'\n' | b'\t') => self.attribute()?,
                _ => return Err(Unfamiliar),
            }
        };
        self.at += if closed { 2 } else { 1 };
        match name {
            b"svg" if !closed => self.in_svg += 1,
            b"title" if self.in_svg > 0 => {}
            b"script" | b"textarea" if self.in_svg > 0 => return Err(Unfamiliar),
            b"script" => self.literal = Some(SCRIPT_END),
            b"title" => self.literal = Some("</title>"),
            b"textarea" => self.literal = Some("</textarea>"),
            // Their content is read by rules of its own, or means something else to who builds the tree.
            b"style" | b"math" | b"plaintext" | b"xmp" | b"iframe" | b"noembed" | b"noframes" | b"noscript"
            | b"template" | b"frameset" | b"image" | b"listing" => return Err(Unfamiliar),
            _ => {}
        }
        self.text = name;
        Ok(Piece::Start { closed })
    }

    fn attribute(&mut self) -> Result<(), Unfamiliar> {
        let rest = &self.page[self.at..];
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':');
        let length = rest.iter().position(|byte| !is_name(byte)).ok_or(Unfamiliar)?;
        let name = &rest[..length];
        let of_drawing = || self.in_svg > 0 || matches!(name, b"viewBox" | b"preserveAspectRatio");
        if length == 0 || name.iter().any(u8::is_ascii_uppercase) && !of_drawing() {
            return Err(Unfamiliar);
        }
        self.at += length;
        let mut value: &[u8] = &[];
        if rest.get(length) == Some(&b'=') {
            self.at += 1;
            self.expect(b'"')?;
            let rest = &self.page[self.at..];
            value = &rest[..memchr(b'"', rest).ok_or(Unfamiliar)?];
            self.at += value.len() + 1;
        }
        self.attributes.push(Attribute { name, value });
        Ok(())
    }

    fn expect(&mut self, byte: u8) -> Result<(), Unfamiliar> {
        let is_there = self.page.get(self.at) == Some(&byte);
        self.at += 1;
        is_there.then_some(()).ok_or(Unfamiliar)
    }
}

const SCRIPT_END: &str = "</script>";

/// An entity that is written here, and the character that it is.
const ENTITIES: [(&[u8], u8); 9] = [
    (b"&amp;", b'&'),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
    (b"&quot;", b'"'),
    (b"&#34;", b'"'),
    (b"&#38;", b'&'),
    (b"&#39;", b'\''),
    (b"&#60;", b'<'),
    (b"&#62;", b'>'),
];

/// Where entities stand in a text: calls `plain` for what is between them and `entity` for the character that each one is
/// and what stands behind it.
pub(crate) fn decode<'a, T>(
    text: &'a [u8],
    to: &mut T,
    plain: impl Fn(&mut T, &'a [u8]),
    entity: impl Fn(&mut T, u8, &'a [u8]),
) -> Result<(), Unfamiliar> {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest) {
        plain(to, &rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(written, _)| rest.starts_with(written));
        rest = match (known, rest.get(1)) {
            (Some((written, character)), _) => {
                let after = &rest[written.len()..];
                entity(to, *character, after);
                after
            }
            // Alone it is itself.
            (None, None | Some(b' ' | b'\n' | b'\t')) => {
                plain(to, &rest[..1]);
                &rest[1..]
            }
            (None, Some(_)) => return Err(Unfamiliar),
        };
    }
    plain(to, rest);
    Ok(())
}
