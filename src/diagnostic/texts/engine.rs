//! Texts about the material engine (E3xx, W3xx).

use super::Text;

pub(super) static TEXTS: &[Text] = &[];
