//! Reading tables: what is accepted, what becomes of it.

use circflow::diagnostic::Language;
use circflow::input;

#[test]
fn the_reference_city_is_without_errors() {
    let city = input::reference_city();
    let told: Vec<String> = city.findings.0.iter().map(|f| f.line(Language::En)).collect();
    assert!(!city.findings.has_errors(), "{}", told.join("\n"));
    assert_eq!(city.models.len(), city.base.scenarios.len());
}

#[test]
fn the_minimal_model_is_without_errors() {
    let minimal = input::read_files(input::catalogue::shipped("minimal").expect("it is shipped"));
    let told: Vec<String> = minimal.findings.0.iter().map(|f| f.line(Language::En)).collect();
    assert!(!minimal.findings.has_errors(), "{}", told.join("\n"));
}
