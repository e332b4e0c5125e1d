//! The whole loop: an author edits files, and open pages follow.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libtest_mimic::Failed;
use modelfolio::Options;
use modelfolio::catalog::{Date, WebUrl};
use modelfolio::preview::listen::{HOST, listen};
use modelfolio::preview::server::{Limits, Server};
use modelfolio::preview::state::{Problems, State};
use modelfolio::workspace::Workspace;
use serde_json::{Value, json};

use crate::devtools::{Browser, Tab};
use crate::program::{Program, complete};

/// A card, and a page of text, of a site at the root.
const CARD: &str = "models/acme/sonata/";
const TEXT: &str = "about/";

/// The file of the card.
const FILE: &str = "content/models/acme/sonata.toml";

/// A copy of the complete site that is edited.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        for entry in walkdir::WalkDir::new(complete()) {
            let entry = entry?;
            let to = folder.path().join(entry.path().strip_prefix(complete())?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(to)?;
            } else {
                fs::copy(entry.path(), to)?;
            }
        }
        Ok(Self { folder })
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Replaces a text in a file as editors do: a new file takes the place of the old one.
    fn edit(&self, path: &str, old: &str, new: &str) -> Result<(), Failed> {
        let text = fs::read_to_string(self.path(path))?;
        if !text.contains(old) {
            return Err(format!("{path} has no `{old}`").into());
        }
        self.write(path, &text.replacen(old, new, 1))
    }

    fn write(&self, path: &str, text: &str) -> Result<(), Failed> {
        let path = self.path(path);
        fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
        let aside = path.with_extension("new~");
        fs::write(&aside, text)?;
        Ok(fs::rename(aside, path)?)
    }
}

/// Whether this text is to be read on the page.
fn says(text: &str) -> String {
    format!("document.body.innerText.includes({})", json!(text))
}

/// Whether this text is to be read in what lies over the page.
fn overlay_says(text: &str) -> String {
    let dialog = "document.documentElement.lastElementChild.shadowRoot?.querySelector('dialog')";
    format!("{dialog}?.open && {dialog}.textContent.includes({})", json!(text))
}

/// Whether nothing lies over the page.
const NOTHING_OVER: &str = "document.documentElement.lastElementChild === document.body";

/// How often a page has asked what has become of it.
const ASKED: &str = "performance.getEntriesByType('resource').filter(({ name, responseEnd }) => \
    responseEnd && name.includes('/.modelfolio/state')).length";

/// Notes that would be gone if the page were loaded again.
fn mark(browser: &mut Browser, tab: &Tab) -> Result<(), Failed> {
    browser.value(tab, "window.kept = true").map(drop).map_err(Failed::from)
}

fn is_marked(browser: &mut Browser, tab: &Tab) -> Result<bool, Failed> {
    Ok(browser.value(tab, "window.kept === true")? == true)
}

fn check(is: bool, what: &str) -> Result<(), Failed> {
    if is { Ok(()) } else { Err(what.into()) }
}

/// Presses a key.
fn press(browser: &mut Browser, tab: &Tab, key: &str, code: u8) -> Result<(), Failed> {
    for kind in ["rawKeyDown", "keyUp"] {
        let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        browser.call(Some(tab), "Input.dispatchKeyEvent", &event)?;
    }
    Ok(())
}

/// An author's session from the first broken file to the last rename.
pub(crate) fn pages_follow_the_files() -> Result<(), Failed> {
    let site = Site::new()?;
    let whole = fs::read_to_string(site.path(FILE))?;
    site.edit(FILE, "name =", "nmae =")?;
    let line = 1 + whole.lines().position(|line| line.starts_with("name =")).ok_or("the card has a name")?;
    let program = Program::serve(site.root(), &["--base-url", "https://a.example/"]);
    let mut browser = Browser::start()?;
    let url = |path: &str| format!("{}{path}", program.url);

    // It starts on broken content, says where, and recovers by itself.
    let card = browser.open(&url(CARD))?;
    browser.until(&card, &says(&format!("{FILE}:{line}:1")))?;
    browser.until(&card, &says("did you mean `name`?"))?;
    site.write(FILE, &whole)?;
    browser.until(&card, "document.querySelector('h1').textContent === 'Sonata'")?;

    // A price is edited: it is seen without anybody doing anything, at the place to which the reader had scrolled.
    let text = browser.open(&url(TEXT))?;
    let other = browser.open(&url("models/borealis/borealis-aurora-7b-free/"))?;
    for tab in [&text, &other] {
        mark(&mut browser, tab)?;
    }
    let rulers = "document.querySelector('img[src*=rulers]').getAttribute('src')";
    let before = browser.value(&other, rulers)?;
    browser.value(&card, "scrollTo(0, 700)")?;
    browser.until(&card, "scrollY === 700")?;
    let asked = browser.value(&text, ASKED)?;
    site.edit(FILE, "1.10", "1.37")?;
    browser.until(&card, &says("$1.37"))?;
    browser.until(&card, "scrollY === 700")?;

    // Who does not show it is not loaded again; what is drawn beside it is renewed in place.
    browser.until(&text, &format!("{ASKED} > {asked}"))?;
    check(is_marked(&mut browser, &text)?, "a page that does not show the price was loaded again")?;
    browser.until(&other, &format!("{rulers} !== {before}"))?;
    check(is_marked(&mut browser, &other)?, "a card of which only the ruler changed was loaded again")?;

    // A style is edited: it applies, and the page stays as it is.
    mark(&mut browser, &card)?;
    for (colour, tab) in [("rgb(1, 2, 3)", &card), ("rgb(4, 5, 6)", &text)] {
        site.write("static/theme/css/custom.css", &format!("h1 {{ color: {colour} }}"))?;
        for tab in [tab, &card] {
            browser.until(tab, &format!("getComputedStyle(document.querySelector('h1')).color === '{colour}'"))?;
            check(is_marked(&mut browser, tab)?, "a style sheet loaded the page again")?;
            browser.until(tab, "document.querySelectorAll('link[rel=stylesheet]').length === 1")?;
        }
    }

    // A mistake lies over the last good page, goes when it is told to or mended, and leaves nothing behind.
    site.edit(FILE, "1.37", "\"much\"")?;
    browser.until(&card, &overlay_says(&format!("{FILE}:")))?;
    browser.until(&text, &overlay_says(&format!("{FILE}:")))?;
    check(browser.value(&card, &says("$1.37"))? == true, "the last good page is gone")?;
    press(&mut browser, &card, "Escape", 27)?;
    browser.until(&card, "!document.documentElement.lastElementChild.shadowRoot.querySelector('dialog').open")?;
    site.edit(FILE, "\"much\"", "1.38")?;
    browser.until(&card, &says("$1.38"))?;
    for tab in [&card, &text] {
        browser.until(tab, NOTHING_OVER)?;
    }
    check(is_marked(&mut browser, &text)?, "problems that come and go loaded a page again")?;

    // A model comes, takes another name and goes; its tab says so each time.
    let new = "content/models/acme/newcomer.toml";
    let tab = browser.open(&url("models/acme/newcomer/"))?;
    browser.until(&tab, &says("There is no page at this address"))?;
    site.write(new, "name = \"Newcomer\"\nsummary = \"A model.\"\n")?;
    browser.until(&tab, &says("Newcomer"))?;
    fs::rename(site.path(new), site.path("content/models/acme/renamed.toml"))?;
    browser.until(&tab, &says("There is no page at this address"))?;
    browser.go(&tab, &url("models/acme/renamed/"))?;
    browser.until(&tab, &says("Newcomer"))?;
    fs::remove_file(site.path("content/models/acme/renamed.toml"))?;
    browser.until(&tab, &says("There is no page at this address"))?;

    // Ten tabs of one browser all follow.
    let tabs: Vec<Tab> = (0..10).map(|_| browser.open(&url(CARD))).collect::<Result<_, _>>()?;
    site.edit(FILE, "1.38", "1.39")?;
    for tab in &tabs {
        browser.until(tab, &says("$1.39"))?;
    }
    Ok(())
}

/// Words, numbers and paragraphs are written into the open page; what readers or scripts act on loads it again.
pub(crate) fn pages_are_written_into() -> Result<(), Failed> {
    const REMEMBERED: &str = "performance.getEntriesByName('modelfolio-remembered').length > 0";
    // A drawing that was renewed has another address.
    const ALL: &str =
        "document.body.innerText + document.querySelector('main').innerHTML.replace(/ src=\"[^\"]*\"/g, '')";
    let site = Site::new()?;
    let program = Program::serve(site.root(), &[]);
    let mut browser = Browser::start()?;
    let url = format!("{}{CARD}", program.url);
    let card = browser.open(&url)?;
    browser.until(&card, REMEMBERED)?;
    mark(&mut browser, &card)?;
    let rulers = "document.querySelector('img[src*=rulers]').getAttribute('src')";
    let before = browser.value(&card, rulers)?;
    // What a reader has opened stays open.
    browser.value(&card, "document.querySelector('details:not([open])').open = true")?;
    let opened = "document.querySelectorAll('details[open]').length";
    let open = browser.value(&card, opened)?;
    for (old, new) in [("1.10", "1.37"), ("1.37", "2.45"), ("name = \"Sonata\"", "name = \"Sonatina\"")] {
        site.edit(FILE, old, new)?;
        browser.until(&card, &says(new.trim_start_matches("name = ").trim_matches('"')))?;
        check(is_marked(&mut browser, &card)?, "other words loaded the page again")?;
    }
    browser.until(&card, &format!("{rulers} !== {before}"))?;
    check(browser.value(&card, opened)? == open, "what a reader had opened was closed")?;

    // The page is what one is that was opened now.
    let fresh = browser.open(&url)?;
    browser.value(&card, "document.querySelectorAll('details')[1].open = false")?;
    let [shown, whole] = [&card, &fresh].map(|tab| browser.value(tab, ALL));
    let (shown, whole) = (shown?.to_string(), whole?.to_string());
    let at = shown.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(80);
    let part = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at..text.len().min(at + 200)]).into_owned();
    check(shown == whole, &format!("the page is not what it is when loaded: {}\n{}", part(&shown), part(&whole)))?;

    browser.until(&card, REMEMBERED)?;
    site.edit("content/models/acme/sonata.md", "", "A paragraph that was not there.\n\n")?;
    browser.until(&card, &says("A paragraph that was not there."))?;
    check(is_marked(&mut browser, &card)?, "a paragraph loaded the page again")?;
    site.edit("content/models/acme/sonata.faq.md", "", "## One more question?\n\nAnd its answer.\n\n")?;
    browser.until(&card, &says("One more question?"))?;
    check(!is_marked(&mut browser, &card)?, "what readers open and close was written into the page")
}

/// A site in memory whose state a test sets.
struct Stage {
    state: Arc<State>,
    server: Server,
}

impl Stage {
    fn new() -> Result<Self, Failed> {
        let state = Arc::new(State::new(workspace(&complete())?));
        let server = Server::start(listen(HOST, Some(0))?, HOST, Arc::clone(&state), Limits::default(), |_| {})?;
        Ok(Self { state, server })
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.server.address())
    }
}

fn workspace(root: &Path) -> Result<Workspace, Failed> {
    let (tree, found) = modelfolio::load::load(root)?;
    let today = Date::parse("2026-06-30").ok_or("a day")?;
    Ok(Workspace::new(tree, found, Options { today, base_url: WebUrl::of_folder("https://a.example/") }))
}

/// Notes what the policies of the page keep it from.
fn watch_policies(browser: &mut Browser, tab: &Tab, more: &str) -> Result<(), Failed> {
    let source = format!(
        "{more}; window.violations = []; \
         addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))"
    );
    browser.call(Some(tab), "Page.enable", &json!({}))?;
    browser.call(Some(tab), "Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
    Ok(())
}

fn no_violations(browser: &mut Browser, tab: &Tab) -> Result<(), Failed> {
    let found = browser.value(tab, "violations")?;
    check(found == json!([]), &format!("the policies of the page kept it from {found}"))
}

/// What lies over a page can be read, used by keyboard and hidden, at the width of a phone too, and touches nothing else.
pub(crate) fn problems_lie_over_the_page() -> Result<(), Failed> {
    let stage = Stage::new()?;
    let mut browser = Browser::start()?;
    let tab = browser.open("about:blank#")?;
    watch_policies(&mut browser, &tab, "")?;
    browser.go(&tab, &stage.url(TEXT))?;
    let untouched = browser.value(&tab, "document.documentElement.outerHTML")?;

    stage.state.set_problems(Problems::Code(
        "error[E0425]: <img src=x onerror=violations.push(1)>\n --> src/x.rs:1:2".to_owned(),
    ));
    browser.until(&tab, &overlay_says("error[E0425]: <img src=x onerror=violations.push(1)>"))?;
    check(browser.value(&tab, "document.body.outerHTML")? != Value::Null, "the page is there")?;
    browser.until(&tab, "document.activeElement === document.documentElement.lastElementChild")?;
    let dialog = "document.documentElement.lastElementChild.shadowRoot.querySelector('dialog')";
    check(browser.value(&tab, &format!("{dialog}.getAttribute('role')"))? == "alertdialog", "it says what it is")?;
    browser.until(&tab, &format!("getComputedStyle({dialog}).borderTopWidth === '3px'"))?;

    // Hidden, it leaves a button that brings it back.
    press(&mut browser, &tab, "Escape", 27)?;
    browser.until(&tab, &format!("!{dialog}.open"))?;
    let pill = format!("{dialog}.nextElementSibling");
    browser.until(&tab, &format!("{pill}.getClientRects().length === 1"))?;
    browser.value(&tab, &format!("{pill}.click()"))?;
    browser.until(&tab, &format!("{dialog}.open"))?;
    press(&mut browser, &tab, "Escape", 27)?;
    browser.until(&tab, &format!("!{dialog}.open"))?;

    // The same is not shown again unasked, something else is.
    browser.go(&tab, &stage.url(""))?;
    browser.until(&tab, &format!("{pill}?.textContent === 'The program does not compile'"))?;
    check(browser.value(&tab, &format!("{dialog}.open"))? == false, "it was hidden on the page before")?;
    stage.state.set_problems(Problems::Machine(format!("the folder {} is gone", "x".repeat(500))));
    browser.until(&tab, &overlay_says("is gone"))?;

    let phone = json!({ "width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": true });
    browser.call(Some(&tab), "Emulation.setDeviceMetricsOverride", &phone)?;
    browser.until(&tab, "innerWidth === 320")?;
    let fits = format!("{dialog}.getBoundingClientRect().right <= 320 && {dialog}.scrollWidth <= {dialog}.clientWidth");
    browser.until(&tab, &fits)?;

    browser.go(&tab, &stage.url(TEXT))?;
    browser.until(&tab, &overlay_says("is gone"))?;
    stage.state.set_problems(Problems::None);
    browser.until(&tab, NOTHING_OVER)?;
    let left = browser.value(&tab, "document.documentElement.outerHTML")?;
    check(left == untouched, "something of it was left on the page")?;
    no_violations(&mut browser, &tab)
}

/// Where there is no worker for all pages, each listens itself, as long as it is seen.
pub(crate) fn pages_listen_themselves_without_a_worker() -> Result<(), Failed> {
    let stage = Stage::new()?;
    let mut browser = Browser::start()?;
    let tab = browser.open("about:blank#")?;
    watch_policies(&mut browser, &tab, "delete window.SharedWorker")?;
    browser.go(&tab, &stage.url(TEXT))?;
    mark(&mut browser, &tab)?;
    stage.state.set_problems(Problems::Machine("first".to_owned()));
    browser.until(&tab, &overlay_says("first"))?;
    let seen = |is: &str| {
        format!(
            "Object.defineProperty(document, 'visibilityState', {{ value: '{is}', configurable: true }}); \
             document.dispatchEvent(new Event('visibilitychange'))"
        )
    };
    browser.value(&tab, &seen("hidden"))?;
    stage.state.set_problems(Problems::Machine("second".to_owned()));
    browser.value(&tab, &seen("visible"))?;
    browser.until(&tab, &overlay_says("second"))?;
    check(is_marked(&mut browser, &tab)?, "the page was loaded again")?;
    no_violations(&mut browser, &tab)
}

/// A page that the browser has put aside is looked at again when the reader comes back to it.
pub(crate) fn pages_that_come_back_are_asked_for() -> Result<(), Failed> {
    let site = Site::new()?;
    let stage = Stage::new()?;
    let mut browser = Browser::start()?;
    let tab = browser.open("about:blank#")?;
    watch_policies(&mut browser, &tab, "")?;
    browser.go(&tab, &stage.url(CARD))?;
    browser.go(&tab, &stage.url(TEXT))?;
    site.edit(FILE, "1.10", "1.37")?;
    stage.state.show(workspace(site.root())?, Problems::None);
    browser.value(&tab, "history.back()")?;
    browser.until(&tab, &says("$1.37"))?;
    no_violations(&mut browser, &tab)
}
