//! x
use crate::diagnostic::Findings;
use crate::model::Model;
/// c
pub fn check(_model: &Model) -> Findings {
    Findings::default()
}
