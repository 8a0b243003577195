//! Where a page's figures come from: program, command, seed, inputs with their digests, sources.

use super::markup::Html;
use super::{Context, sources};

/// How the figures came about, and how to get them again.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let settings = &context.loaded.base.settings;
    html.element("ul", &[], |html| {
        let version = env!("CARGO_PKG_VERSION");
        html.leaf("li", &[], &format!("circflow {version} · {}", context.command));
        html.leaf("li", &[], &format!("{} {}", language.pick("随机数种子", "seed"), settings.seed));
        let residual = context.subject.run.worst_residual();
        let word =
            language.pick("最大平衡残差（相对最大流）", "worst residual of a balance (of the largest flow)");
        html.leaf("li", &[], &format!("{word} {residual:.1e}"));
        let again = "circflow reproduce manifest.json";
        let word = language.pick("重算并逐字节比较", "run again and compare byte by byte");
        html.leaf("li", &[], &format!("{word}: {again}"));
    });
    sources::inputs(html, context);
    sources::all(html, context);
}
