//! The command line: words in, exit code out. stdout is data, stderr is talk.

mod arguments;
mod check;
mod exit;
mod explain;
mod indicators;
mod ledger;
mod model;
mod new;
mod reproduce;
mod run;
mod terminal;

use arguments::{Arguments, Verb};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program on the words of the command line.
#[must_use]
pub fn main() -> ExitCode {
    say_what_to_do_on_a_bug();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return wrong_words(&error),
    };
    let mut terminal = Terminal::of(&arguments.common);
    let done = match &arguments.verb {
        None => run::run(&run::Words::default(), &mut terminal),
        Some(Verb::Run(words)) => run::run(words, &mut terminal),
        Some(Verb::Check(words)) => check::check(words, &mut terminal),
        Some(Verb::Explain(words)) => explain::explain(words, &mut terminal),
        Some(Verb::Indicators(words)) => indicators::indicators(words, &mut terminal),
        Some(Verb::New(words)) => new::new(words, &mut terminal),
        Some(Verb::Ledger(words)) => ledger::ledger(words, &mut terminal),
        Some(Verb::Reproduce(words)) => reproduce::reproduce(words, &mut terminal),
    };
    match done {
        Ok(exit) => exit.into(),
        // Whoever reads has read enough: `circflow run | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(error) => {
            terminal.say(&error.to_string());
            Exit::CannotReadOrWrite.into()
        }
    }
}

/// Help and version are no mistakes; anything else is a wrong command line.
fn wrong_words(error: &clap::Error) -> ExitCode {
    // Where neither stdout nor stderr can be written there is nobody left to tell.
    let _ = error.print();
    if error.use_stderr() { Exit::WrongCommandLine.into() } else { Exit::Done.into() }
}

/// A panic is a fault of the program: say so plainly, in both languages.
fn say_what_to_do_on_a_bug() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        usual(panic);
        let version = env!("CARGO_PKG_VERSION");
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            format!(
                "\ncircflow {version}：程序出错了，这不是您的数据的问题。原有结果没有改动。请把上面的信息和所用的模型发给开发者。\n\
                 circflow {version}: this is a fault of the program, not of your data. Earlier results are as they were. \
                 Please send the lines above with the model to the developers.\n"
            )
            .as_bytes(),
        );
    }));
}
