//! Files: `--out`, `--figures` and the gallery.

use std::fs;
use std::path::Path;

use super::{demo, path, refused, says_in_one_line};

#[test]
fn a_file_gets_what_the_pipe_would() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.json");
    fs::write(&file, "old").unwrap();
    let run = demo(&["attention", "--no-claims", "--format", "json", "--out", path(&file)]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        demo(&["attention", "--no-claims", "--format", "json"]).out
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn a_dash_is_standard_output() {
    let args = ["attention", "--no-claims", "--format", "json"];
    assert_eq!(demo(&[&args[..], &["--out", "-"]].concat()).out, demo(&args).out);
}

#[test]
fn a_refused_run_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.txt");
    fs::write(&file, "old").unwrap();
    refused(&["attention", "--heads", "3", "--d-model", "16", "--out", path(&file)], &["3"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_of_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for (place, reason) in [
        (folder.path().to_path_buf(), "directory"),
        (folder.path().join("missing/page.txt"), "create the folder first"),
        (file.join("page.txt"), "a part of the path is a file"),
    ] {
        let run = demo(&["attention", "--out", path(&place)]);
        assert_eq!((run.status, run.out.as_str()), (1, ""));
        says_in_one_line(&run.err, &["cannot write ", path(&place), reason]);
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_can_be_read_by_others_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("page.txt"), folder.path().join("link.txt"));
    demo(&["attention", "--no-claims", "--out", path(&file)]);
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&file), mode(&plain));
    symlink(&file, &link).unwrap();
    fs::write(&file, "").unwrap();
    demo(&["attention", "--no-claims", "--out", path(&link)]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(!fs::read_to_string(&file).unwrap().is_empty());
}

#[test]
fn figures_of_a_run_are_saved() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new/figures");
    let run = demo(&["attention", "--no-claims", "--figures", path(&target)]);
    let saved: Vec<_> = fs::read_dir(&target).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(run.status == 0 && !saved.is_empty());
    for file in saved {
        assert!(run.out.contains(path(&file)), "{}", run.out);
        assert!(fs::read_to_string(file).unwrap().contains("<svg"));
    }
}

#[test]
fn the_gallery_of_the_project_is_up_to_date() {
    let plots = concat!(env!("CARGO_MANIFEST_DIR"), "/../plots");
    let run = demo(&["plots", "--check", "--out", plots]);
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn an_empty_gallery_is_missing_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let run = demo(&["plots", "attention", "rope", "--check", "--out", path(folder.path())]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(
        run.err.lines().all(|line| line.starts_with("demo: ") && line.contains(" is missing")),
        "{}",
        run.err
    );
    assert!(run.err.contains("attention-") && run.err.contains("rope-"));
}

#[test]
fn the_gallery_that_was_written_passes_until_a_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let written = demo(&["plots", "attention", "heads", "--out", path(root)]);
    let files: Vec<_> = written.out.lines().map(Path::new).collect();
    assert!(written.status == 0 && files.len() >= 2 && files.iter().all(|file| file.is_file()));
    assert!(files.iter().any(|file| file.starts_with(root.join("zh"))));
    assert_eq!(demo(&["plots", "attention", "heads", "--check", "--out", path(root)]).status, 0);

    let attention: Vec<_> = files
        .iter()
        .filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("attention-"))
        .collect();
    fs::write(attention[0], "edited").unwrap();
    fs::remove_file(attention[1]).unwrap();
    fs::write(root.join("zh/attention-no-such-figure.svg"), "stale").unwrap();
    fs::write(root.join("notes-of-mine.svg"), "not of a lesson").unwrap();
    let run = demo(&["plots", "attention", "--check", "--out", path(root)]);
    assert_eq!((run.status, run.err.lines().count()), (1, 3), "{}", run.err);
    assert!(run.err.contains(&format!("{} differs", attention[0].display())));
    assert!(run.err.contains(&format!("{} is missing", attention[1].display())));
    assert!(run.err.contains("attention-no-such-figure.svg"));
}

/// What a file is decided by is what it is, not where it lies.
#[cfg(target_os = "linux")]
#[test]
fn a_file_in_memory_is_a_file_and_an_open_one_is_written_to() {
    use std::process::Stdio;
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let file = folder.path().join("page.txt");
    let once = || demo(&["--out", path(&file)]);
    once();
    let first = fs::read_to_string(&file).unwrap();
    assert_eq!((once().status, fs::read_to_string(&file).unwrap()), (0, first.clone()));
    let open = fs::File::create(folder.path().join("open")).unwrap();
    let mut command = super::program(&["--out", "/dev/stderr"]);
    assert!(command.stderr(Stdio::from(open)).status().unwrap().success());
    assert_eq!(fs::read_to_string(folder.path().join("open")).unwrap(), first);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_and_a_file_that_is_read_are_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (link, input) = (folder.path().join("link"), folder.path().join("input.txt"));
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &link).unwrap();
    let run = demo(&["--out", path(&link)]);
    assert_eq!(run.status, 1);
    says_in_one_line(&run.err, &[path(&link), "does not exist"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    fs::write(&input, "a dog ".repeat(1000)).unwrap();
    let hard = folder.path().join("hard.txt");
    fs::hard_link(&input, &hard).unwrap();
    for out in [&input, &hard] {
        refused(&["tokenization", "--corpus", path(&input), "--out", path(out)], &["--out", "--corpus"]);
    }
    let new = folder.path().join("new.json");
    refused(&["tokenization", "--save", path(&new), "--out", path(&new)], &["the same file"]);
    assert!(!new.exists());
    assert_eq!(fs::read_to_string(&input).unwrap(), "a dog ".repeat(1000));
}

/// A path that stands without a flag, a folder, a program and the results are read as well.
#[test]
fn what_is_read_without_a_flag_of_its_own_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    for name in ["m.gguf", "config.json", "tokenizer.json", "prog.py", "practice.jsonl", "text.txt"] {
        fs::write(file(name), "mine").unwrap();
    }
    let [model, config, tokenizer, program, results, text] =
        ["m.gguf", "config.json", "tokenizer.json", "prog.py", "practice.jsonl", "text.txt"].map(file);
    let at = path(folder.path());
    let command = format!("python3 {}", path(&program));
    refused(&["model", path(&model), "--out", path(&model)], &["--out", "the model is read from"]);
    refused(&["model", at, "--out", path(&config)], &["--out", "the model is read from"]);
    refused(&["model", at, "--text-file", path(&text), "--out", path(&text)], &["--out", "--text-file"]);
    refused(&["heads", "--model", path(&model), "--out", path(&model)], &["--out", "--model names"]);
    refused(&["evidence", "--model", at, "--out", path(&config)], &["--out", "--model reads"]);
    refused(&["tokenization", "--load", at, "--out", path(&tokenizer)], &["--out", "--load reads"]);
    refused(&["tokenization", "--load", at, "--save", path(&tokenizer)], &["--save", "--load reads"]);
    refused(&["grade", "softmax", "--cmd", &command, "--out", path(&program)], &["--out", "--cmd names"]);
    refused(&["progress", "--data", at, "--out", path(&results)], &["--out", "your results are kept"]);
    refused(&["grade", "--data", at, "--out", path(&results)], &["--out", "your results are kept"]);
    for file in fs::read_dir(folder.path()).unwrap() {
        assert_eq!(fs::read_to_string(file.unwrap().path()).unwrap(), "mine");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_fails_the_run() {
    for flag in ["--out", "--save"] {
        let run = demo(&["tokenization", "--no-claims", flag, "/dev/full"]);
        assert_eq!(run.status, 1, "{flag}");
        says_in_one_line(&run.err, &["/dev/full", "make room"]);
    }
}

/// Sent at any time, a signal leaves the folder as it was: whole files and nothing else.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_leaves_nothing_behind() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.json");
    for (i, signal) in ["INT", "TERM", "HUP", "INT", "TERM"].into_iter().enumerate() {
        let args = ["attention", "--no-claims", "--format", "json", "--seq", "400", "--out", path(&file)];
        let mut command = super::program(&args);
        let mut run = command.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(40 * (i as u64 + 1)));
        Command::new("kill").args([&format!("-{signal}"), &run.id().to_string()]).status().unwrap();
        run.wait().unwrap();
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert!(names.iter().all(|name| *name == file), "{signal}: {names:?}");
    }
}
