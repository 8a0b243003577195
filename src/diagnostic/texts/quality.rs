//! Texts about how well a model is filled (N07x): what `check --quality` says.

use super::{Severity, Text};

pub(super) static TEXTS: &[Text] = &[
    Text {
        code: "N070",
        severity: Severity::Note,
        zh: "工序 {process}（{name}）在所有情景的所有年份都停着：{why_zh}",
        en: "process {process} ({name_en}) stands still in every year of every scenario: {why_en}",
        explain_zh: "一直停着的工序对任何结果都没有贡献，可能是填错了产能、物质或地点，也可能本来就多余。请核对，或删去这一行。",
        explain_en: "A process that never runs adds nothing to any result. Its capacity, material or place may be wrong, or it is \
                     not needed. Check it, or strike the row.",
    },
    Text {
        code: "N071",
        severity: Severity::Note,
        zh: "工序 {process}（{name}）没有产能上限，{material} 有多少就吃多少",
        en: "process {process} ({name_en}) has no capacity: it takes whatever is left of {material}",
        explain_zh: "没有上限的消纳工序会掩盖能力不足：余下的物质总有去处，利用率因此偏高。若它确实是最后的去处（处置、贮存），\
                     可以这样写；若是一座真实的工厂，请填产能。",
        explain_en: "A taker without a cap hides a want of capacity: whatever is left finds a home, and rates look too good. Where \
                     it is the last resort (disposal, storage) that may be meant; a real works needs its capacity.",
    },
    Text {
        code: "N072",
        severity: Severity::Note,
        zh: "{material}（{name}）只有来源（{neighbours}），没有去处：全部{end_zh}",
        en: "{material} ({name_en}) is made (by {neighbours}) and taken by nobody: all of it is {end_en}",
        explain_zh: "只有一侧的物质不成链：它离开模型时既不算利用，也不产生下一步。若城里确有用户或处理设施，请补上；\
                     若确实外运，请在 markets 里写一行（外销上限或去处），此条便不再出现。大气排放不列。",
        explain_en: "A material with neighbours on one side only is no chain: it leaves the model without a next step. Where the \
                     city has a user or a treatment, add it; where it is really sent off, say so with a row of `markets` (an \
                     export limit or a sink) and this note goes. Emissions to the air are not listed.",
    },
    Text {
        code: "N073",
        severity: Severity::Note,
        zh: "{material}（{name}）只有用户（{neighbours}），没有来源：{end_zh}",
        en: "{material} ({name_en}) is taken (by {neighbours}) and made by nobody: {end_en}",
        explain_zh: "只有一侧的物质不成链：它全部由外部调入，或者根本没有（缺口）。若城里确有来源，请补上产出它的工序或期初库存；\
                     若确实外购，请在 markets 里写一行（进口上限或价格），此条便不再出现。直接取自自然的物质不列。",
        explain_en: "A material with neighbours on one side only is no chain: all of it is brought in, or it is missing. Where the \
                     city has a source, add the process that gives it, or its opening stock; where it is really bought outside, \
                     say so with a row of `markets` (an import limit or a price) and this note goes. What is taken from nature \
                     is not listed.",
    },
    Text {
        code: "N074",
        severity: Severity::Note,
        zh: "{count} 行没有来源：第 {rows} 行",
        en: "{count} rows without source: lines {rows}",
        explain_zh: "每一行都可以写来源（source：sources 表的编号或文字）和数据质量（quality）。没有来源的数报送时无法追溯，\
                     没有质量的行按差的计入“依赖假设的比例”。",
        explain_en: "Every row may say where it comes from (`source`: an id of `sources`, or text) and how well it is known \
                     (`quality`). A figure without source cannot be traced when it is submitted; a row without quality counts as \
                     poor in the share that rests on assumptions.",
    },
    Text {
        code: "N075",
        severity: Severity::Note,
        zh: "园区 {place}（{name}）只有 {count} 家企业在运行（少于 {least} 家）[[：{enterprises}]]",
        en: "park {place} ({name_en}) has {count} enterprises at work (fewer than {least})[[: {enterprises}]]",
        explain_zh: "企业在运行，是指它至少有一道工序在某个情景的某一年不停。企业太少的园区谈不上园区内循环，它的指标也没有代表性。\
                     请补企业，或者在 places 表把 frame_only（只有框架）写成 yes。",
        explain_en: "An enterprise is at work when a process of it runs in some year of some scenario. With so few there is no \
                     circulation within the park, and its indicators stand for little. Add enterprises, or write `yes` under \
                     `frame_only` of the table of places.",
    },
    Text {
        code: "N076",
        severity: Severity::Note,
        zh: "{technology} 最多只吃掉全市 {material} 的 {share}（{scenario}，{year} 年）：工序 {processes}",
        en: "{technology} takes at most {share} of the city's {material} (in {scenario}, {year}): processes {processes}",
        explain_zh: "一条链若在所有情景的所有年份都只动用其物质的不到 1 %，对结果几乎没有影响：可能产能单位错了（t 与万 t），\
                     也可能只是示范规模。请核对产能和单位。",
        explain_en: "A chain that moves less than 1 % of its material in every year of every scenario hardly touches a result: the \
                     unit of its capacity may be wrong (t for 万t), or it is of pilot size. Check capacity and unit.",
    },
    Text {
        code: "N077",
        severity: Severity::Note,
        zh: "园区 {place}（{name}）声明只有框架，却有 {count} 家企业在运行：{enterprises}",
        en: "park {place} ({name_en}) is declared a frame only, yet {count} enterprises are at work in it: {enterprises}",
        explain_zh: "places 表的 frame_only 表示：园区列在名单里，模型里还没有它的企业，质量检查不要求它有企业在运行。既然有企业在运行，\
                     请删去 frame_only，或者把企业改到它真正所在的地点。",
        explain_en: "`frame_only` of the table of places says that a park is on the list while the model holds none of its enterprises; \
                     the quality check then asks for none at work. Some are at work here: empty `frame_only`, or put the \
                     enterprises where they are.",
    },
];
