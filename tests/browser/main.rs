//! Finished pages in a real browser: nothing that an author wrote runs, and the scripts do what they promise.
//!
//! Where there is no Chromium the tests report themselves ignored; with `MODELFOLIO_REQUIRE_CHROMIUM` set they fail.

mod chromium;
mod corpus;
mod devtools;
mod hostile;
mod pages;
mod preview;
#[path = "../preview/program.rs"]
mod program;
mod server;
mod sites;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let required = std::env::var_os("MODELFOLIO_REQUIRE_CHROMIUM").is_some();
    let ignored = chromium::find().is_none() && !required;
    let trial =
        |name: &'static str, test: fn() -> Result<(), Failed>| Trial::test(name, test).with_ignored_flag(ignored);
    let trials = vec![
        trial("hostile_strings_run_nowhere", hostile::hostile_strings_run_nowhere),
        trial("the_detector_detects", hostile::the_detector_detects),
        trial("addresses_that_could_run_are_refused", hostile::addresses_that_could_run_are_refused),
        trial("scripts_do_what_they_promise", pages::scripts_do_what_they_promise),
        trial("pages_are_complete_without_scripts", pages::pages_are_complete_without_scripts),
        trial("pages_follow_the_files", preview::pages_follow_the_files),
        trial("pages_are_written_into", preview::pages_are_written_into),
        trial("problems_lie_over_the_page", preview::problems_lie_over_the_page),
        trial("pages_listen_themselves_without_a_worker", preview::pages_listen_themselves_without_a_worker),
        trial("pages_that_come_back_are_asked_for", preview::pages_that_come_back_are_asked_for),
        trial("names_on_charts_keep_apart", pages::names_on_charts_keep_apart),
        trial("minified_pages_say_the_same", pages::minified_pages_say_the_same),
    ];
    libtest_mimic::run(&arguments, trials).exit();
}
