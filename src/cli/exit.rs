//! Exit codes.

use std::process::ExitCode;

/// How the program ends. A panic ends it with 101.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// The model has errors, or results differ.
    ModelHasErrors,
    /// The command line is wrong.
    WrongCommandLine,
    /// Something cannot be read or written.
    CannotReadOrWrite,
    /// A year of a scenario has no answer.
    NoAnswer,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::ModelHasErrors => 1,
            Exit::WrongCommandLine => 2,
            Exit::CannotReadOrWrite => 3,
            Exit::NoAnswer => 4,
        })
    }
}
