//! What a finished file shows besides its own text: style sheets, images, drawings, scripts. Not what it links to.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};

use super::resolve::{Meant, Start, resolve};
use super::scan::{TagsOnly, style_sheet, text_state, url_list};

/// What a file shows, in the order in which it stands there, each file once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// Its style sheets.
    pub sheets: Vec<Sheet>,
    /// Paths of all other files of the site that it shows or runs.
    pub files: Vec<String>,
}

/// A style sheet of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// How the page names it.
    pub href: String,
    /// Its path in the site.
    pub path: String,
}

/// What the page, drawing or style sheet at this path of the site shows. Other files show themselves alone.
///
/// `base_path` is the path under which the site is served, as in `/` or `/docs/`.
#[must_use]
pub fn embedded(path: &str, bytes: &[u8], base_path: &str) -> Embedded {
    let found = match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("html" | "htm") => markup(bytes, false),
        Some("svg") => markup(bytes, true),
        Some("css") => Found { files: style_sheet(bytes).urls, ..Found::default() },
        _ => return Embedded::default(),
    };
    let start = Start { page: path, base: found.base.as_deref(), base_path };
    let file = |url: &str| match resolve(&start, url) {
        Meant::Here { path: file, .. } if file != path => Some(file),
        _ => None,
    };
    let mut embedded = Embedded::default();
    for href in found.sheets {
        if let Some(path) = file(&href)
            && !embedded.sheets.iter().any(|sheet| sheet.href == href)
        {
            embedded.sheets.push(Sheet { href, path });
        }
    }
    for path in found.files.iter().filter_map(|url| file(url)) {
        if !embedded.files.contains(&path) {
            embedded.files.push(path);
        }
    }
    embedded
}

/// The URLs of what is shown, as they stand in the markup, entities decoded.
#[derive(Debug, Default)]
struct Found {
    base: Option<String>,
    sheets: Vec<String>,
    files: Vec<String>,
}

/// A start tag with those of its attributes that matter.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attributes: Vec<(Vec<u8>, String)>,
}

impl Tag {
    fn get(&self, name: &[u8]) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn take_into(&self, found: &mut Found) {
        let mut file = |url: Option<&str>| found.files.extend(url.map(str::to_owned));
        match self.name.as_slice() {
            b"base" => found.base = found.base.take().or_else(|| self.get(b"href").map(str::to_owned)),
            b"link" => {
                let rel = self.get(b"rel").unwrap_or_default().to_ascii_lowercase();
                let is = |word| rel.split_ascii_whitespace().any(|own| own == word);
                if is("stylesheet") {
                    found.sheets.extend(self.get(b"href").map(str::to_owned));
                } else if is("icon") || is("preload") || is("modulepreload") || is("manifest") {
                    file(self.get(b"href"));
                }
            }
            b"use" | b"image" | b"feimage" | b"mpath" => file(self.get(b"href").or_else(|| self.get(b"xlink:href"))),
            b"script" | b"img" | b"source" | b"video" | b"audio" | b"track" | b"input" | b"embed" | b"iframe" => {
                file(self.get(b"src"));
                file(self.get(b"poster"));
                found.files.extend(self.get(b"srcset").map(url_list).unwrap_or_default());
            }
            b"object" => file(self.get(b"data")),
            _ => {}
        }
    }
}

fn markup(bytes: &[u8], svg: bool) -> Found {
    let mut found = Found::default();
    let mut tag: Option<Tag> = None;
    let callback = |event: CallbackEvent<'_>, _: Span<()>| -> Option<State> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = Some(Tag { name: name.to_vec(), ..Tag::default() }),
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut tag {
                    tag.attributes.push((name.to_vec(), String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, own)) = tag.as_mut().and_then(|tag| tag.attributes.last_mut()) {
                    *own = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = tag.take()?;
                tag.take_into(&mut found);
                return if self_closing { None } else { text_state(&tag.name, svg) };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn files(path: &str, text: &str) -> Vec<String> {
        embedded(path, text.as_bytes(), "/").files
    }

    #[test]
    fn what_is_shown_is_told_from_what_is_linked() {
        let page = r##"<link rel="icon" href="../i.svg"><link href="../s.css" rel="Preload Stylesheet"><link rel=canonical href=https://a.example/>
            <script src=../t.js></script><a href=../no/>x</a><img src=b.png srcset="c.png 1x, d.png 2x"><video poster=e.png src=f.mp4></video>
            <svg><use href="../rulers.svg#a"/><use href="../rulers.svg#b"/><use href="#own"/><image xlink:href=g.png /></svg>
            <object data=h.pdf></object><img src="https://a.example/x.png"><!-- <img src=no.png> --><img alt="" src="k&amp;l.png">"##;
        let shown = embedded("a/index.html", page.as_bytes(), "/");
        assert_eq!(shown.sheets, [Sheet { href: "../s.css".to_owned(), path: "s.css".to_owned() }]);
        let wanted = [
            "i.svg",
            "t.js",
            "a/b.png",
            "a/c.png",
            "a/d.png",
            "a/f.mp4",
            "a/e.png",
            "rulers.svg",
            "a/g.png",
            "a/h.pdf",
            "a/k&l.png",
        ];
        assert_eq!(shown.files, wanted);
    }

    #[test]
    fn the_page_for_what_is_not_there_starts_from_the_root() {
        let shown = embedded("404.html", b"<link rel=stylesheet href=/docs/a.css><img src=/docs/b.png>", "/docs/");
        assert_eq!((shown.sheets[0].path.as_str(), shown.files), ("a.css", vec!["b.png".to_owned()]));
    }

    #[test]
    fn style_sheets_and_drawings_show_files_too() {
        assert_eq!(files("assets/a.css", "@import 'b.css'; i { mask: url(../c.svg) }"), ["assets/b.css", "c.svg"]);
        assert_eq!(
            files("a.svg", "<svg><title><image href=b.png></title><image href=c.png /></svg>"),
            ["b.png", "c.png"]
        );
        assert_eq!(files("a.png", "<img src=b.png>"), [""; 0]);
        let based = b"<base href=/docs/><img src=b.png>";
        assert_eq!(embedded("index.html", based, "/").files, ["docs/b.png"]);
        assert_eq!(
            embedded("index.html", based, "/cards/").files,
            [""; 0],
            "the base is not under the site's own path"
        );
    }
}
