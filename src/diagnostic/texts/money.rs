//! Texts about funds and the ledger (E4xx, W4xx).

use super::Text;

pub(super) static TEXTS: &[Text] = &[];
