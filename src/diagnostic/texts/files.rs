//! Texts about files and outputs (E0xx, W0xx).

use super::Text;

pub(super) static TEXTS: &[Text] = &[];
