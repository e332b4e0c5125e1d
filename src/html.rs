//! Safe HTML: text that may stand in a page as it is.
//!
//! Only `markdown` and `charts` make it; every template escapes all other strings.

use std::fmt;

/// Markup that has been made here from escaped parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Markup that the caller has made from escaped parts.
    pub(crate) fn new(markup: String) -> Self {
        Self(markup)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

impl askama::FastWritable for Html {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

/// Appends text so that it stands as text, in an element or in a quoted attribute.
pub(crate) fn escape_into(markup: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        markup.push_str(&rest[..at]);
        markup.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    markup.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(askama::Template)]
    #[template(source = "<p title=\"{{ text }}\">{{ html }}{{ text }}</p>", ext = "html")]
    struct Example<'a> {
        html: Html,
        text: &'a str,
    }

    #[test]
    fn a_template_escapes_everything_but_html() {
        let page = Example { html: Html::new("<b>1</b>".into()), text: "\"<b>&'" };
        let rendered = askama::Template::render(&page).unwrap();
        assert_eq!(rendered, r#"<p title="&#34;&#60;b&#62;&#38;&#39;"><b>1</b>&#34;&#60;b&#62;&#38;&#39;</p>"#);
    }

    #[test]
    fn escapes_what_could_end_an_element_or_an_attribute() {
        let mut markup = String::new();
        escape_into(&mut markup, "é<a href='x' title=\"y\">&");
        assert_eq!(markup, "é&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;");
    }
}
