//! The same content gives the same bytes, whatever the machine around it is like.

use std::path::Path;

use crate::{binary, trees};

#[test]
fn folder_zone_language_threads_umask_and_order_change_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let files = trees::read(&binary::complete());
    let reference = scratch.path().join("reference");
    binary::build(&binary::complete(), &reference, &[]);
    let expected = trees::read(&reference);

    for (name, environment, umask, backwards) in [
        ("one thread", &[("RAYON_NUM_THREADS", "1"), ("TZ", "Pacific/Kiritimati")][..], "000", false),
        (
            "many threads",
            &[("RAYON_NUM_THREADS", "7"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
            "077",
            true,
        ),
    ] {
        // Files that are created in another order are listed in another order by many file systems.
        let root = scratch.path().join(format!("{name} ü/site"));
        let mut paths: Vec<&String> = files.keys().collect();
        if backwards {
            paths.reverse();
        }
        for path in paths {
            let file = root.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, &files[path]).unwrap();
        }
        let out = scratch.path().join(format!("{name}.out"));
        build_in_shell(&root, &out, environment, umask);
        if let Some(difference) = trees::difference(&expected, &trees::read(&out)) {
            panic!("{name}: {difference}");
        }
        assert_modes(&out);
    }
}

/// A umask belongs to a process, so the build runs in a shell that sets one.
fn build_in_shell(root: &Path, out: &Path, environment: &[(&str, &str)], umask: &str) {
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", r#"umask "$1" && exec "$2" build --date "$3" --root "$4" --out "$5""#, "sh", umask])
        .arg(env!("CARGO_BIN_EXE_modelfolio"))
        .arg(binary::TODAY)
        .arg(root)
        .arg(out)
        .envs(environment.iter().copied());
    let output = binary::run(&mut command);
    assert!(output.status.success(), "{}", binary::text(&output.stderr));
}

/// Hosts refuse files that not everyone may read.
fn assert_modes(out: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in walkdir::WalkDir::new(out).min_depth(1) {
        let entry = entry.expect("it can be listed");
        let mode = entry.metadata().expect("it is there").permissions().mode() & 0o777;
        let expected = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(mode, expected, "{}", entry.path().display());
    }
}

#[test]
fn building_again_writes_nothing_and_one_edit_writes_little() {
    let scratch = tempfile::tempdir().unwrap();
    let (root, out) = (scratch.path().join("site"), scratch.path().join("out"));
    trees::copy(&binary::complete(), &root);
    binary::build(&root, &out, &[]);
    let first = trees::read(&out);

    let again = binary::build(&root, &out, &["--format", "json"]);
    let summary = summary(&again);
    assert_eq!(summary["added"].as_array().map(Vec::len), Some(0), "{summary}");
    assert_eq!(summary["changed"].as_array().map(Vec::len), Some(0), "{summary}");
    assert_eq!(summary["bytes_written"], 0, "{summary}");

    let model = root.join("content/models/acme/sonata.toml");
    let text = std::fs::read_to_string(&model).unwrap();
    assert!(text.contains("name = \"temperature\""));
    std::fs::write(&model, text.replace("name = \"temperature\"", "name = \"seed\"")).unwrap();
    let edited = binary::build(&root, &out, &["--format", "json"]);
    let summary = self::summary(&edited);
    assert_eq!(summary["changed"], serde_json::json!(["models/acme/sonata/index.html"]), "{summary}");
    assert_eq!(trees::read(&out).len(), first.len());
}

fn summary(output: &std::process::Output) -> serde_json::Value {
    let text = binary::text(&output.stdout);
    serde_json::from_str(text.lines().last().expect("there is a summary")).expect("it is JSON")
}
