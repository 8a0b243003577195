//! Codes of models that are built in code, and of files that the disk does not give.

use crate::hamlet::FILES;
use crate::ran::Ran;
use crate::town::Town;
use circflow::plan::compile;

/// A source of 10 t; `there` takes x and gives y one to one, `back` takes y and gives `gain` x.
fn turning(gain: f64) -> Town {
    let mut town = Town::new();
    let city = town.city();
    let (x, y) = (town.waste("x"), town.waste("y"));
    town.process("source", city).open().byproduct(x, 1.0).level(10.0);
    town.process("there", city).open().feed(x, 1.0).byproduct(y, 1.0).takes();
    town.process("back", city).open().feed(y, 1.0).byproduct(x, gain).takes();
    town
}

#[test]
fn a_loop_that_grows_slowly_is_named_as_growing() {
    // A gain of 1.005 a turn stays below 10⁶ × the given 10 t in all sweeps, yet never settles.
    let ran = Ran::of(turning(1.005));
    assert_eq!(ran.codes(), ["E303"]);
    let values = &ran.trajectory.findings.0[0].values;
    assert!(values.contains(&("gain", "1.002497".to_owned())), "√1.005 a sweep: {values:?}");
    assert!(ran.trajectory.years.is_empty());
}

#[test]
fn a_loop_of_too_many_unknowns_that_creeps_does_not_settle() {
    // 600 rivals for one pool give nearly all of what they take back into it: too many for the finishing step, and a
    // thousand sweeps come nowhere near the end.
    let mut town = Town::new();
    let city = town.city();
    let pool = town.waste("pool");
    town.process("source", city).open().byproduct(pool, 1.0).level(10.0);
    for number in 0..600 {
        let taker =
            town.process(&format!("taker{number}"), city).open().feed(pool, 1.0).byproduct(pool, 0.999_999);
        taker.share(1.0).takes();
    }
    let ran = Ran::of(town);
    // Their number is too large for every start to be tried, which is said besides.
    assert_eq!(ran.codes(), ["E305", "N301"]);
    assert!(ran.trajectory.years.is_empty());
}

#[test]
fn a_large_loop_says_that_not_all_starts_were_tried() {
    let mut town = Town::new();
    let city = town.city();
    let ring: Vec<_> = (0..210).map(|number| town.waste(&format!("m{number}"))).collect();
    town.process("source", city).open().byproduct(ring[0], 1.0).level(10.0);
    for number in 0..ring.len() {
        let next = ring[(number + 1) % ring.len()];
        town.process(&format!("p{number}"), city).open().feed(ring[number], 1.0).byproduct(next, 0.9).takes();
    }
    let ran = Ran::of(town);
    assert_eq!(ran.codes(), ["N301"]);
    let values = &ran.trajectory.findings.0[0].values;
    assert!(values.contains(&("all", "422".to_owned())), "{values:?}");
}

#[test]
fn a_process_without_its_reference_row_is_told_before_anything_runs() {
    let mut town = turning(0.5);
    let process = town.model.processes.ids().next().expect("a process");
    town.model.processes[process].reference = 7;
    let findings = compile(&town.model).expect_err("no reference");
    assert_eq!(findings.0.iter().map(|finding| finding.code.0).collect::<Vec<_>>(), ["E307"]);
    assert_eq!(findings.0[0].values, [("process", "source".to_owned())]);
}

/// The memory of a process reads as a file that gives an error; other systems have no such file at hand.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_the_disk_does_not_give_is_told_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES.iter().filter(|(name, _)| *name != "demand.csv") {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("demand.csv")).unwrap();
    let findings = circflow::input::read_folder(folder.path()).findings.0;
    let told = findings.iter().find(|finding| finding.code.0 == "E008").expect("E008");
    assert_eq!(told.spot.file, "demand.csv");
}
