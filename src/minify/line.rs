//! Which of the spaces between words and elements show.

/// How an element stands among the text around it, by the style sheet that every browser starts with. A site's own
/// style sheet may turn a line into boxes, which loses nothing, but not a list item into a piece of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
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

pub(super) fn flow(name: &[u8], in_svg: bool) -> Flow {
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

/// Whether the text in an element keeps all of its spaces.
pub(super) fn keeps_spaces(name: &[u8]) -> bool {
    matches!(name, b"pre" | b"code" | b"textarea" | b"title")
}

/// A line as it fills up: a space shows in it if something stands before it and something behind it. `T` is the place of
/// a space.
#[derive(Default)]
pub(super) struct Line<T> {
    has_content: bool,
    /// A space that shows if something follows.
    waiting: Option<T>,
}

impl<T> Line<T> {
    /// A space.
    pub(super) fn space(&mut self, at: T) {
        if self.has_content && self.waiting.is_none() {
            self.waiting = Some(at);
        }
    }

    /// A word or a thing. Tells the space that shows by it.
    pub(super) fn something(&mut self) -> Option<T> {
        self.has_content = true;
        self.waiting.take()
    }

    /// A start tag. Tells the space that shows by it.
    pub(super) fn open(&mut self, flow: Flow) -> Option<T> {
        match flow {
            Flow::Inline | Flow::Absent => None,
            Flow::Thing => self.something(),
            Flow::Box => {
                let space = self.something();
                self.begin();
                space
            }
            Flow::Block => {
                self.begin();
                None
            }
        }
    }

    /// An end tag.
    pub(super) fn close(&mut self, flow: Flow) {
        match flow {
            Flow::Inline | Flow::Absent | Flow::Thing => {}
            Flow::Box => {
                self.begin();
                self.has_content = true;
            }
            Flow::Block => self.begin(),
        }
    }

    fn begin(&mut self) {
        self.waiting = None;
        self.has_content = false;
    }
}
