//! A command line that cannot be understood, told in the language of the user.

use super::console::{Encoding, write_out, write_talk};
use super::exit::Exit;
use crate::diagnostic::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// Says what is wrong, or prints the help or version that was asked for, which is no mistake.
pub(crate) fn tell(error: &clap::Error, language: Language, encoding: Encoding) -> Exit {
    if !error.use_stderr() {
        // Where stdout is closed nobody reads, which is no reason to fail.
        let _ = write_out(&error.render().to_string(), encoding);
        return Exit::Done;
    }
    let text = match language {
        Language::Zh => in_chinese(error),
        Language::En => error.render().to_string(),
    };
    write_talk(&text, encoding);
    Exit::WrongCommandLine
}

/// The whole message in Chinese: what is wrong, the nearest that is known, how the command is written.
fn in_chinese(error: &clap::Error) -> String {
    let mut text = format!("错误：{}\n", fault(error));
    let nearest = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let nearest: Vec<String> = nearest.into_iter().flat_map(|kind| listed(error, kind)).collect();
    if !nearest.is_empty() {
        text.push_str(&format!("最接近的是：{}\n", nearest.join("、")));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        text.push_str(&format!(
            "用法：{}\n",
            usage.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "[命令]")
        ));
    }
    text.push_str("全部命令和选项：circflow --help\n");
    text
}

fn fault(error: &clap::Error) -> String {
    let argument = listed(error, ContextKind::InvalidArg).join("、");
    let value = listed(error, ContextKind::InvalidValue).join("、");
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => "?".to_owned(),
    };
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("“{argument}”后面缺少值{}", allowed(error))
        }
        ErrorKind::InvalidValue => format!("“{argument}”不能是“{value}”{}", allowed(error)),
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "没有“{}”这个命令，也没有这个名称的文件夹",
                listed(error, ContextKind::InvalidSubcommand).join("、")
            )
        }
        ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”{}", why(error)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => {
            let other = listed(error, ContextKind::PriorArg).join("、");
            if other.is_empty() || other == argument {
                format!("“{argument}”只能给一次")
            } else {
                format!("“{argument}”不能与“{other}”同时使用")
            }
        }
        ErrorKind::TooManyValues => format!("“{argument}”不再接受“{value}”"),
        ErrorKind::NoEquals => format!("“{argument}”和值之间要写 ="),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值有 {} 个，个数不对", number(ContextKind::ActualNumValues))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "命令行里有不能识别的字符".to_owned(),
        _ => "命令行有误".to_owned(),
    }
}

/// The values that an option takes.
fn allowed(error: &clap::Error) -> String {
    let values = listed(error, ContextKind::ValidValue);
    if values.is_empty() { String::new() } else { format!("，可以填：{}", values.join("、")) }
}

/// Why a value was refused, where it is a number out of range.
fn why(error: &clap::Error) -> String {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    match said.split_once(" is not in ").map(|(_, range)| range.split_once("..=")) {
        Some(Some((least, most))) => format!("，要填 {least} 到 {most} 的整数"),
        _ if said.contains("between 0 and 1") => "，要填 0 到 1 的数".to_owned(),
        _ if said.contains("at least 0") => "，要填不小于 0 的数".to_owned(),
        _ if said.contains(" is not in 1..") => "，要填不小于 1 的整数".to_owned(),
        _ if said.contains("digit") && listed(error, ContextKind::InvalidValue).concat().starts_with('-') => {
            "，要填不小于 0 的整数".to_owned()
        }
        _ if said.contains("digit") || said.contains("number") => "，要填整数".to_owned(),
        _ => String::new(),
    }
}

fn listed(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Arguments;
    use super::*;
    use clap::Parser;

    /// The first line that is told.
    fn told(words: &[&str]) -> String {
        let words = ["circflow"].iter().chain(words);
        let text = in_chinese(&Arguments::try_parse_from(words).expect_err("wrong"));
        assert!(text.contains("circflow --help"), "{text}");
        text.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn each_kind_of_mistake_is_told_in_chinese() {
        for (words, expected) in [
            (&["rum"][..], "错误：没有“rum”这个命令，也没有这个名称的文件夹"),
            (&["run", "--thread", "2"], "错误：不认识“--thread”"),
            (&["run", "a", "b"], "错误：不认识“b”"),
            (&["run", "--threads", "0"], "错误：“--threads <N>”不能是“0”，要填 1 到 1024 的整数"),
            (&["lab", "generate", "x", "--loops", "2"], "错误：“--loops <SHARE>”不能是“2”，要填 0 到 1 的数"),
            (
                &["lab", "generate", "x", "--processes", "0"],
                "错误：“--processes <N>”不能是“0”，要填 1 到 500000 的整数",
            ),
            (&["run", "--threads", "two"], "错误：“--threads <N>”不能是“two”，要填整数"),
            (
                &["optimise", "--most-public", "-5"],
                "错误：“--most-public <WAN>”不能是“-5”，要填不小于 0 的数",
            ),
            (&["optimise", "--rate", "8"], "错误：“--rate <SHARE>”不能是“8”，要填 0 到 1 的数"),
            (&["optimise", "--nodes", "-3"], "错误：“--nodes <N>”不能是“-3”，要填不小于 0 的整数"),
            (&["optimise", "--nodes", "0"], "错误：“--nodes <N>”不能是“0”，要填不小于 1 的整数"),
            (&["run", "--lang", "fr"], "错误：“--lang <LANGUAGE>”不能是“fr”，可以填：zh、en"),
            (&["run", "--out"], "错误：“--out <OUT>”后面缺少值"),
            (&["run", "--lang"], "错误：“--lang <LANGUAGE>”后面缺少值，可以填：zh、en"),
            (&["new"], "错误：缺少 <FOLDER>"),
            (&["run", "--out", "a", "--out", "b"], "错误：“--out <OUT>”只能给一次"),
            (&["run", "--quiet=3"], "错误：“--quiet”不再接受“3”"),
        ] {
            assert_eq!(told(words), expected, "{words:?}");
        }
    }

    #[test]
    fn the_nearest_and_the_usage_follow() {
        let text =
            in_chinese(&Arguments::try_parse_from(["circflow", "run", "--thread", "2"]).expect_err("wrong"));
        assert_eq!(text.lines().nth(1), Some("最接近的是：--threads"), "{text}");
        assert!(text.contains("用法：circflow run"), "{text}");
    }
}
