//! Texts about tables and the model (E1xx, E2xx, W1xx, W2xx, N1xx).

use super::Text;

pub(super) static TEXTS: &[Text] = &[];
