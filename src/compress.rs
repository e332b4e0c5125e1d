//! Texts in fewer bytes, for servers that send a file as it lies beside the one that was asked for: `.br` and `.gz`.
//!
//! The same text always gives the same bytes: no time, no name, no system in them.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

use crate::headers;

/// A way to compress that browsers understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip, for what does not take Brotli: old clients, and all where there is no HTTPS.
    Gzip,
}

/// What the bytes depend on besides this code, as in [`crate::minify`].
pub(crate) const TOOLS: &str = "brotli 8.0.4, flate2 1.1.11, miniz_oxide 0.9.1";

/// A file of fewer bytes goes into one packet with its headers, compressed or not.
const LEAST: usize = 1024;

/// How hard Brotli tries. At 11 the pages of this repository's own site are 2.4 % smaller than at 10, in 2.3 times the time
/// (22 ms a page); it is done once for each change.
const BROTLI_QUALITY: i32 = 11;

/// How hard gzip tries. Zopfli would give 2.7 % less in eighty times the time, for the few who still take gzip.
const GZIP_LEVEL: u32 = 9;

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// What the name of a compressed file ends with, behind the whole name of the file that it stands for.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// The bytes, compressed.
    #[must_use]
    pub fn compress(self, bytes: &[u8]) -> Vec<u8> {
        let memory = "writing to memory does not fail";
        match self {
            Self::Brotli => {
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                let mut compressed = Vec::new();
                brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).expect(memory);
                compressed
            }
            Self::Gzip => {
                // 255 is a system that is not known; otherwise it would be this one.
                let builder = GzBuilder::new().mtime(0).operating_system(255);
                let mut encoder = builder.write(Vec::new(), Compression::new(GZIP_LEVEL));
                encoder.write_all(bytes).expect(memory);
                encoder.finish().expect(memory)
            }
        }
    }
}

/// Whether a file of this path and size can gain by it: a text that is not tiny.
#[must_use]
pub fn is_worth_it(path: &str, size: usize) -> bool {
    size >= LEAST && headers::is_text(path)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_compressed_is_smaller_and_comes_back() {
        let text = "a page of a site\n".repeat(200);
        let [br, gz] = Encoding::ALL.map(|encoding| encoding.compress(text.as_bytes()));
        assert!(br.len() < gz.len() && gz.len() < text.len() / 10, "{} {}", br.len(), gz.len());
        let mut back = String::new();
        brotli::Decompressor::new(&br[..], 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
    }

    #[test]
    fn no_time_name_or_system_is_in_it() {
        let gz = Encoding::Gzip.compress(b"text");
        // RFC 1952: flags, four bytes of time, how hard it tried, the system.
        assert_eq!(gz[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
    }

    #[test]
    fn texts_that_are_not_tiny_are_worth_it() {
        for path in ["index.html", "a/style.css", "x.js", "rulers.svg", "sitemap.xml", "api/models.json", "robots.txt"]
        {
            assert!(is_worth_it(path, LEAST) && !is_worth_it(path, LEAST - 1), "{path}");
        }
        for path in ["_headers", "_redirects", ".nojekyll", "logo.png", "font.woff2", "index.html.br", "index.html.gz"]
        {
            assert!(!is_worth_it(path, 1 << 20), "{path}");
        }
    }

    #[test]
    fn the_versions_are_those_that_are_used() {
        // When this fails after an upgrade, `TOOLS` has to follow, so that no file of the old version is kept.
        let lock = include_str!("../Cargo.lock").replace("\r\n", "\n");
        for tool in TOOLS.split(", ") {
            let (name, version) = tool.split_once(' ').unwrap();
            assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{tool}");
            assert_eq!(lock.matches(&format!("name = \"{name}\"\n")).count(), 1, "{name}");
        }
    }
}
