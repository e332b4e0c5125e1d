//! A style sheet without its comments and indentation, and otherwise to the letter.
//!
//! A minifier that parses CSS drops or rewrites what it does not know yet, and gives up on a sheet as a whole;
//! this one knows only comments, strings, `url(…)` and space, so nothing that CSS will ever have can be harmed. After
//! compression the difference in size is small.

/// The style sheet without comments and without the spaces that mean nothing. Comments that begin with `/*!` stay.
#[must_use]
pub fn css(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(c) = rest.chars().next() {
        let (piece, after) = rest.split_at(piece(rest, c));
        rest = after;
        if c.is_ascii_whitespace() {
            // Elsewhere a space can mean something: before `:` and `(`, around `+` and `*`.
            if !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ':', ' ']) {
                out.push(' ');
            }
        } else if piece.starts_with("/*") && !piece.starts_with("/*!") {
            // A comment keeps two words apart without being a space: `a/**/b`.
            let word = |c: char| !c.is_ascii_whitespace() && !"{};,:".contains(c);
            if out.ends_with(word) && rest.starts_with(word) {
                out.push_str("/**/");
            }
        } else {
            if "{};,".contains(c) {
                drop_space(&mut out);
            }
            out.push_str(piece);
        }
    }
    drop_space(&mut out);
    out
}

/// Takes a space from the end, unless it is an escaped one and so part of a name.
fn drop_space(out: &mut String) {
    if out.ends_with(' ') && !out.ends_with("\\ ") {
        out.pop();
    }
}

/// How many bytes stand together here: a comment, a string, an address, an escaped or any other character.
fn piece(text: &str, first: char) -> usize {
    let whole = text.len();
    match first {
        '/' if text.starts_with("/*") => text[2..].find("*/").map_or(whole, |end| end + 4),
        '"' | '\'' => {
            let mut escaped = false;
            text.char_indices()
                .skip(1)
                .find(|&(_, c)| {
                    let end = !escaped && (c == first || c == '\n');
                    escaped = !escaped && c == '\\';
                    end
                })
                .map_or(whole, |(at, c)| at + c.len_utf8())
        }
        '\\' => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
        'u' | 'U' if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) => {
            let quoted = text[4..].trim_start().starts_with(['"', '\'']);
            if quoted { 4 } else { text.find(')').map_or(whole, |end| end + 1) }
        }
        _ => first.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            css(
                "/* a */\n.card ,\n.row > p {\n  color : red ;\n  margin: 0  auto;\n}\n\n@media (width > 3px) { a { b: c } }\n"
            ),
            ".card,.row > p{color :red;margin:0 auto;}@media (width > 3px){a{b:c}}"
        );
        assert_eq!(css("/*! licence */\na{}"), "/*! licence */ a{}");
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        for sheet in [
            "a :hover{b:calc(1px + 2px)}",
            "a{width:calc(1px - -2px * 3)}",
            ".a .b > .c ~ .d + .e{f:g}",
            "@media screen and (min-width:1px){a{b:c}}",
            "a{font:1em/1.5 \"A  B\",'C /* d */',serif}",
            "a{b:url(c d.png) no-repeat}",
            "a{content:\"\\\"  /*\"}",
            ".a\\ {b:c}",
            "a/**/b{c:d}",
        ] {
            assert_eq!(css(sheet), sheet);
        }
    }

    #[test]
    fn the_css_of_today_and_tomorrow_survives() {
        let sheet = r#"@layer reset, base;
@layer base {
  :root { color-scheme: light dark; --ink: light-dark(oklch(20% 0 0), #fff); --empty: ; }
  .card:has(> img) {
    & .title::after { content: "  ;}  " }
    background: color-mix(in oklab, var(--ink) 40%, transparent);
    @container card (inline-size > 30em) { mask: url("a b.svg") center / 1em no-repeat; }
  }
  details::details-content { block-size: 0; transition: block-size .2s allow-discrete; }
}
@property --x { syntax: "<length>"; inherits: false; initial-value: 0px; }
@unheard of thing { what: ever( 1 , 2 ) }"#;
        assert_eq!(
            css(sheet),
            concat!(
                "@layer reset,base;@layer base{:root{color-scheme:light dark;",
                "--ink:light-dark(oklch(20% 0 0),#fff);--empty:;}.card:has(> img){& .title::after{content:\"  ;}  \"}",
                "background:color-mix(in oklab,var(--ink) 40%,transparent);",
                "@container card (inline-size > 30em){mask:url(\"a b.svg\") center / 1em no-repeat;}}",
                "details::details-content{block-size:0;transition:block-size .2s allow-discrete;}}",
                "@property --x{syntax:\"<length>\";inherits:false;initial-value:0px;}",
                "@unheard of thing{what:ever( 1,2 )}"
            )
        );
    }

    #[test]
    fn what_is_not_finished_is_kept() {
        for sheet in ["a{b:\"c", "a{b:url(c", "a{b:c\\", "/*! x"] {
            assert_eq!(css(sheet), sheet);
        }
        assert_eq!(css("a{}/* x"), "a{}");
    }
}
