//! Words of the command line.

use super::console::Encoding;
use super::{
    check, compare, explain, graph, indicators, lab, ledger, new, new_year, optimise, reconcile, reproduce,
    run, submit, workbook,
};
use crate::diagnostic::Language;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// circflow：一座城市的物质流、项目资金与循环经济指标 / material flows, project money and
/// circular-economy indicators of a city.
///
/// 不带命令时运行内置的示意城市。 Without a command the built-in reference city is run.
#[derive(Debug, Parser)]
#[command(
    name = "circflow",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    max_term_width = 110,
    after_help = "退出码 / exit codes: 0 完成 done · 1 模型有错误 the model has errors · 2 命令行有误 wrong command line · \
                  3 无法读写 cannot read or write · 4 无解 no feasible answer · 101 程序错误 a bug"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
    #[command(flatten)]
    pub(crate) common: Common,
    /// 显示版本 / print the version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Common {
    /// 语言，默认随模型 / language, by default the model's
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Tongue>,
    /// 输出格式 / format of what is printed
    #[arg(long, global = true, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: Format,
    /// 存入文件或交给其他程序的文字的编码，JSON 总是 UTF-8 / encoding of redirected text; JSON is always UTF-8
    #[arg(long, global = true, value_enum, default_value = "utf-8", value_name = "ENCODING")]
    pub(crate) encoding: Encoding,
    /// 不说话，只给结果 / no talk, results only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// 显示帮助 / print help
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tongue {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Zh => Self::Zh,
            Tongue::En => Self::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// 文字 / text
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// 运行全部情景，并列比较，写出结果 / run all scenarios side by side and write results
    Run(run::Words),
    /// 一次查出模型的全部问题 / find every fault of a model at once
    Check(check::Words),
    /// 比较两个情景：输入、结果和原因 / compare two scenarios: inputs, results and reasons
    Compare(compare::Words),
    /// 解释一个代码，如 E101 / explain a code such as E101
    Explain(explain::Words),
    /// 把物质网络写成图：Graphviz、floWeaver 或边表 / the material network for Graphviz, floWeaver or as edges
    Graph(graph::Words),
    /// 列出指标，或展开一个指标 / list indicators, or open one
    Indicators(indicators::Words),
    /// 新建一个可以直接运行的模型文件夹 / make a model folder that can be run at once
    New(new::Words),
    /// 把一年的实际数写进模型，与计划对照 / a year's actual figures into the model, against what was planned
    NewYear(new_year::Words),
    /// 资金台账和缺口 / the ledger of the money, and its gaps
    Ledger(ledger::Words),
    /// 报送：一年的指标，每个数都追到行和来源 / the submission of a year, every figure traced to rows and sources
    Submit(submit::Words),
    /// 工作簿：模板、导出、导入 / workbooks: template, export, import
    Workbook(workbook::Words),
    /// 与观测相协调：哪些数对不上，各该是多少 / measurements reconciled: which do not fit, and what would
    Reconcile(reconcile::Words),
    /// 选哪些项目：目标、资金、证明和理由 / which mix of projects: objectives, money, proof and reasons
    Optimise(Box<optimise::Words>),
    /// 按清单重做一次运行并逐字节比较 / make a run again from its manifest and compare every byte
    Reproduce(reproduce::Words),
    /// 实验：生成任意规模的系统，验证公开的算例 / experiments: generated systems of any size, published cases verified
    Lab(lab::Words),
}
