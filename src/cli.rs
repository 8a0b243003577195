//! The command line: words in, exit code out. stdout is data, stderr is talk.

mod arguments;
mod check;
mod collect;
mod compare;
mod console;
mod exit;
mod explain;
mod first_words;
mod given_back;
mod graph;
mod indicators;
mod lab;
mod ledger;
mod model;
mod new;
mod new_year;
mod optimise;
mod pictures;
mod reconcile;
mod reproduce;
mod run;
mod submit;
mod terminal;
mod workbook;
mod wrong_words;

use arguments::{Arguments, Verb};
use clap::Parser;
use exit::Exit;
use first_words::FirstWords;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program on the words of the command line.
#[must_use]
pub fn main() -> ExitCode {
    say_what_to_do_on_a_bug();
    let first = FirstWords::of(std::env::args_os().collect());
    let arguments = match Arguments::try_parse_from(&first.words) {
        Ok(arguments) => arguments,
        Err(error) => return wrong_words::tell(&error, first.language(), first.encoding()).into(),
    };
    let mut terminal = Terminal::of(&arguments.common);
    let exit = done(&arguments, &mut terminal);
    if first.dropped {
        let say = terminal.pick("按回车键关闭窗口。", "Press Enter to close the window.");
        console::wait_before_the_window_closes(say);
    }
    exit.into()
}

/// Does what the words say.
fn done(arguments: &Arguments, terminal: &mut Terminal) -> Exit {
    let done = match &arguments.verb {
        None => run::run(&run::Words::default(), terminal),
        Some(Verb::Run(words)) => run::run(words, terminal),
        Some(Verb::Check(words)) => check::check(words, terminal),
        Some(Verb::Compare(words)) => compare::compare(words, terminal),
        Some(Verb::Explain(words)) => explain::explain(words, terminal),
        Some(Verb::Graph(words)) => graph::graph(words, terminal),
        Some(Verb::Indicators(words)) => indicators::indicators(words, terminal),
        Some(Verb::New(words)) => new::new(words, terminal),
        Some(Verb::NewYear(words)) => new_year::new_year(words, terminal),
        Some(Verb::Lab(words)) => lab::lab(words, terminal),
        Some(Verb::Ledger(words)) => ledger::ledger(words, terminal),
        Some(Verb::Submit(words)) => submit::submit(words, terminal),
        Some(Verb::Workbook(words)) => workbook::workbook(words, terminal),
        Some(Verb::Optimise(words)) => optimise::chosen(words, terminal),
        Some(Verb::Reconcile(words)) => reconcile::reconcile(words, terminal),
        Some(Verb::Reproduce(words)) => reproduce::reproduce(words, terminal),
    };
    match done {
        Ok(exit) => exit,
        // Whoever reads has read enough: `circflow run | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            terminal.say(&error.to_string());
            Exit::CannotReadOrWrite
        }
    }
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
