use super::*;

/// The way for all pages.
fn small(page: &str) -> String {
    String::from_utf8(any_html(page.as_bytes()).unwrap()).unwrap()
}

/// The way for pages as templates write them.
fn own(page: &str) -> Option<String> {
    own_html(page.as_bytes()).map(|small| String::from_utf8(small).unwrap())
}

#[test]
fn closing_tags_quotes_and_the_head_stay() {
    let page = "<!doctype html>\n<html lang=\"en\">\n <head>\n  <meta charset=\"utf-8\">\n  <title>A &amp; B</title>\n </head>\n\
        <body>\n  <ul>\n   <li class=\"a\">One</li>\n   <li>Two</li>\n  </ul>\n  <!-- gone -->\n  <p>x</p>\n</body>\n</html>\n";
    assert_eq!(
        small(page),
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A & B</title></head>\
        <body><ul><li class=\"a\">One</li><li>Two</li></ul><p>x</p></body></html>"
    );
}

#[test]
fn spaces_that_show_stay() {
    for page in [
        "<nav><a href=\"a\">A</a> <a href=\"b\">B</a></nav>",
        "<div><b>$1.10</b> <i>per 1M</i></div>",
        "<div>In <b>x</b> <code>y</code> z</div>",
        "<ul><li><a href=\"a\">A</a> <span>B</span></li></ul>",
        "<footer><p>a</p>b <a href=\"x\">c</a> <small>d</small></footer>",
        "<div><label>Name </label><input></div>",
        "<div><output>1 </output><output>2</output></div>",
        "<div>a <img alt=\"x\" src=\"y\"> b</div>",
        "<div><button>a</button> <button>b</button></div>",
        "<section><svg><path d=\"M0 0\"/></svg> x <svg></svg></section>",
        "<dialog><em>a</em> <em>b</em></dialog>",
        "<blockquote><cite>a</cite> <time>b</time></blockquote>",
        "<main><x-y>a</x-y> <x-y>b</x-y></main>",
        "<div><b>a </b><i>b</i></div>",
        "<div><b>a</b><i> b</i></div>",
        "<div><b>a</b> <script src=\"x\"></script><i>b</i></div>",
    ] {
        assert_eq!(small(page), page);
        assert_eq!(own(page).as_deref(), Some(page));
    }
}

#[test]
fn spaces_that_do_not_show_go() {
    assert_eq!(small("<div>\n <p> a </p>\n <p>\n b\n</p> \n</div>"), "<div><p>a</p><p>b</p></div>");
    assert_eq!(
        small("<nav>\n <a href=\"a\">A</a>\n <a href=\"b\">B</a>\n</nav>").matches(char::is_whitespace).count(),
        3
    );
    assert_eq!(small("<table>\n<tr>\n<td> 1 </td>\n</tr></table>"), "<table><tr><td>1</td></tr></table>");
    assert_eq!(small("<svg>\n <g>\n <path d=\"M0\"></path>\n</g></svg>"), "<svg><g><path d=\"M0\"></path></g></svg>");
    for page in [
        "<div>\n <p> a </p>\n <p>\n b\n</p> \n</div>",
        "<p>a\n  b <i>c</i> <b>d</b>\n</p>",
        "<svg>\n <g>\n <path/>\n</g></svg>",
    ] {
        assert_eq!(own(page).unwrap(), small(page).replace(" />", "/>"), "{page}");
    }
}

#[test]
fn preformatted_text_is_untouched() {
    for page in [
        "<pre>  a\n    b  \n\n</pre>",
        "<pre><code class=\"x\">curl \\\n  -d '<span>{  }</span>'\n</code></pre>",
        "<p>a <code>  b  c </code> d</p>",
        "<textarea>  a\n  b </textarea>",
    ] {
        assert_eq!(small(page), page);
        assert_eq!(own(page).as_deref(), Some(page));
    }
}

#[test]
fn a_page_that_would_change_is_refused() {
    // Within inline code the minifier collapses the spaces of nested elements.
    assert_eq!(any_html(b"<p><code>a<span>b  c</span></code></p>"), Err(MinifyError::Changed));
    // It drops an end tag without a start.
    assert_eq!(any_html(b"<div>a</b></div>"), Err(MinifyError::Changed));
    // It is not asked where it is not needed.
    let page = b"<p><code>a<span>b  c</span></code></p>";
    assert_eq!(html(page).as_deref(), Ok(&page[..]));
}

#[test]
fn hostile_text_stays_text() {
    let page = "<p title=\"&quot;>&lt;script&gt;\" data-x='\"' lang=\"a&amp;lt;\">&lt;script>&amp;lt; a &lt; b &amp;copy 1 &gt; 0</p>";
    let result = small(page);
    assert_eq!(small(&result), result, "once is enough");
    assert!(result.ends_with(">&lt;script>&amp;lt; a &lt; b &amp;copy 1 > 0</p>"), "{result}");
    assert!(result.contains("title='\"><script>'") && result.contains("lang=\"a&amp;lt;\""), "{result}");
}

#[test]
fn attribute_values_are_quoted_whatever_they_hold() {
    assert_eq!(
        small("<a href=a/b?c=d&amp;e class='x y' title='\"' data-a=é data-b=&lt; hidden>z</a>"),
        "<a class=\"x y\" data-b=\"<\" href=\"a/b?c=d&e\" title='\"' data-a=\"é\" hidden>z</a>"
    );
    assert_eq!(small("<svg><path d=M0 /></svg>"), "<svg><path d=\"M0\" /></svg>");
}

#[test]
fn characters_of_templates_are_as_short_as_they_may_be() {
    let page = "<p title=\"&#34;&#39;&#60;&#62;&#38; &#38;lt;\" class=\"\">&quot;&#39;&#60;&#62;&#38; &#38;amp; &amp;#1 a & b&amp;</p>";
    let result = own(page).unwrap();
    assert_eq!(result, "<p title=\"&#34;'&lt;>& &amp;lt;\" class>\"'&lt;>& &amp;amp; &amp;#1 a & b&</p>");
    assert_eq!(own(&result).unwrap(), result, "once is enough");
}

#[test]
fn what_templates_do_not_write_goes_the_other_way() {
    for page in [
        "<p class=a></p>",
        "<p class='a'></p>",
        "<P></P>",
        "<p onclick = \"a\">",
        "<!-- a -->",
        "<!DOCTYPE html>",
        "<br/>",
        "a < b",
        "a</ b>",
        "<p>&nbsp;</p>",
        "<p>&copy</p>",
        "<p>a\r\nb</p>",
        "<p>\0</p>",
        "<style>a{}</style>",
        "<p",
        "<p a=\"b>",
        "<script>a",
        "<title>a",
        "<template></template>",
        "<svg><style></style></svg>",
        "<a HREF=\"x\"></a>",
        "<p \"a\">",
        "<p a/b>",
        "<p a=\"b\"c=\"d\">",
        "</p a>",
        "<iframe></iframe>",
        "<p =\"a\">",
    ] {
        assert_eq!(own(page), None, "{page}");
    }
}

#[test]
fn scripts_and_data_are_untouched() {
    let page = "<script type=\"application/ld+json\">{\"a\": \"<b>  c\\u003c/script>\"}</script>\
        <script type=\"module\">let a = 1;  // b\n let c = '<p>'</script>";
    assert_eq!(small(page), page);
    assert_eq!(small("<style>a { b: c }</style>"), "<style>a { b: c }</style>");
}

#[test]
fn odd_bytes_are_refused_or_kept() {
    assert_eq!(any_html(b"<p>\x1f</p>"), Err(MinifyError::NotText));
    assert_eq!(any_html(b"<p>\xff</p>"), Err(MinifyError::NotText));
    assert_eq!(small("<p>a\u{a0}b \u{2009} c&nbsp;d 中文</p>"), "<p>a\u{a0}b \u{2009} c\u{a0}d 中文</p>");
    assert_eq!(small("<p>\r\na\r\nb</p>\r\n"), "<p>a b</p>");
    assert_eq!(small(""), "");
}

#[test]
fn no_input_gets_past_the_check() {
    // Pieces put together in every order, most of them no good HTML: an error or a page that says the same.
    let pieces =
        ["<div>", "<b>", " ", "a", "</b>", "</div>", "<p>", "<pre>", "</pre>", "<svg>", "</svg>", "<br>", "<li> "];
    for seed in 0..4_000_usize {
        let mut number = seed.wrapping_mul(2_654_435_761) + 7;
        let mut page = String::new();
        for _ in 0..12 {
            page.push_str(pieces[number % pieces.len()]);
            number = number / pieces.len() + number.wrapping_mul(31) % 1_000_003;
        }
        for result in [any_html(page.as_bytes()).ok(), own_html(page.as_bytes())].into_iter().flatten() {
            assert_eq!(shape::restore(&result).0, shape::hide_spaces(page.as_bytes()).0, "{page}");
        }
    }
}

#[test]
fn a_panic_is_an_error_and_silent() {
    let error = quietly(|| -> () { panic!("no {}", "luck") }).unwrap_err();
    assert_eq!(error, MinifyError::Panicked("no luck".to_owned()));
    assert!(!QUIET.get());
}

#[test]
fn the_tools_are_those_that_the_lock_file_names() {
    // When this fails after an upgrade, `TOOLS` has to follow, so that no page of the old version is kept.
    let lock = include_str!("../../Cargo.lock").replace("\r\n", "\n");
    for tool in TOOLS.split(", ") {
        let (name, version) = tool.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{tool}");
    }
    let all = lock.lines().filter(|line| line.starts_with("name = \"minify-html")).count();
    assert_eq!(TOOLS.matches("minify-html").count(), all);
}
