//! Texts about indicators and targets (E5xx, W5xx).

use super::Text;

pub(super) static TEXTS: &[Text] = &[];
