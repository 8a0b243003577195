//! Texts about indicators and targets (E5xx, W5xx).

use super::{Severity, Text};

pub(super) static TEXTS: &[Text] = &[
    Text {
        code: "E501",
        severity: Severity::Error,
        zh: "没有名为“{found}”的指标集；已有：{known}；最接近的是 {nearest}",
        en: "there is no indicator set “{found}”; known are {known}; the nearest is {nearest}",
        explain_zh: "model.toml 的 indicators 列出要计算的指标集：程序自带的集合，或模型文件夹 indicators/ 下同名的 \
                     .toml 文件。请改正名称，或把自定的指标文件放到该文件夹。",
        explain_en: "`indicators` in model.toml lists the sets to compute: those shipped with the program, or a \
                     .toml file of that name in the model's folder `indicators/`. Correct the name, or put your \
                     own file there.",
    },
    Text {
        code: "E502",
        severity: Severity::Error,
        zh: "指标文件不是正确的 TOML：{fault}",
        en: "the indicator file is not correct TOML: {fault}",
        explain_zh: "文件在该行无法按 TOML 语法读取，常见原因是缺引号、缺右括号或同一键写了两次。改正后其余检查才会进行。",
        explain_en: "The file cannot be read as TOML at that line: usually a missing quotation mark or bracket, or \
                     a key written twice. The other checks follow once it can be read.",
    },
    Text {
        code: "E503",
        severity: Severity::Error,
        zh: "不认识的键“{found}”；最接近的是 {nearest}",
        en: "unknown key “{found}”; the nearest is {nearest}",
        explain_zh: "指标文件中的每个键都有含义，不认识的键不会被悄悄忽略，因为它很可能是写错的键。请改正或删除。",
        explain_en: "Every key of an indicator file means something. An unknown one is not quietly ignored, since \
                     it is most likely a misspelt one. Correct or remove it.",
    },
    Text {
        code: "E504",
        severity: Severity::Error,
        zh: "缺少必填的键“{key}”",
        en: "the key “{key}” is missing",
        explain_zh: "每个指标必须有 id、number、name、name_en、unit、direction、formula、confidence；每个项必须有 \
                     name、name_en、unit，以及 flows、stock、statistic 三者之一。",
        explain_en: "Every indicator needs id, number, name, name_en, unit, direction, formula and confidence; every \
                     term needs name, name_en, unit and one of flows, stock or statistic.",
    },
    Text {
        code: "E505",
        severity: Severity::Error,
        zh: "写的是 {found}，应为 {expected}",
        en: "found {found}, expected {expected}",
        explain_zh: "该键只接受所列的词或所示类型的值。词的含义见 docs/equations.md 的指标一节。",
        explain_en: "This key takes only the words listed or a value of the type shown. The words are explained in \
                     the indicators section of docs/equations.md.",
    },
    Text {
        code: "E506",
        severity: Severity::Error,
        zh: "公式“{formula}”在第 {position} 个字符处读不下去：此处为“{found}”",
        en: "the formula “{formula}” cannot be read on from character {position}: found “{found}”",
        explain_zh: "公式由项名、[指标id]、数、+ - * / ^、括号和函数组成。引号为空表示公式在此处过早结束，\
                     例如缺少右括号或运算数。",
        explain_en: "A formula consists of names of terms, [ids of indicators], numbers, + - * / ^, brackets and \
                     functions. Empty quotes mean that it ends too early, for example with a \
                     bracket or an operand missing.",
    },
    Text {
        code: "E507",
        severity: Severity::Error,
        zh: "公式“{formula}”第 {position} 个字符处的“{found}”不是本指标的项；最接近的是 {nearest}",
        en: "“{found}” at character {position} of the formula “{formula}” is no term of the indicator; the nearest is {nearest}",
        explain_zh: "公式里的名字必须是本指标 terms 中的项。引用别的指标要写在方括号里，例如 [ce2017-07]。",
        explain_en: "A name in a formula must be a term of the same indicator. Another indicator is named in square \
                     brackets, as in [ce2017-07].",
    },
    Text {
        code: "E508",
        severity: Severity::Error,
        zh: "公式“{formula}”第 {position} 个字符处的“{found}”不是函数；函数有 {functions}",
        en: "“{found}” at character {position} of the formula “{formula}” is no function; the functions are {functions}",
        explain_zh: "括号前的词必须是函数名。若想相乘，请写出 *。",
        explain_en: "A word before a bracket must be a function. To multiply, write *.",
    },
    Text {
        code: "E509",
        severity: Severity::Error,
        zh: "项“{term}”没有出现在公式里，也没有标明 note = true",
        en: "the term “{term}” does not stand in the formula and is not marked note = true",
        explain_zh: "不进公式的项若是旁列供核对，应写 note = true；否则多半是公式漏写了它，结果会悄悄不同。",
        explain_en: "A term that is only printed beside the indicator is marked note = true. Without that mark the \
                     formula has most likely forgotten it, and the result would quietly differ.",
    },
    Text {
        code: "E510",
        severity: Severity::Error,
        zh: "公式“{formula}”第 {position} 个字符处的“{found}”不是数",
        en: "“{found}” at character {position} of the formula “{formula}” is no number",
        explain_zh: "数写成 1、0.5 或 1e4 的样子。",
        explain_en: "A number is written like 1, 0.5 or 1e4.",
    },
    Text {
        code: "E511",
        severity: Severity::Error,
        zh: "公式“{formula}”在第 {position} 个字符处嵌套过深（最多 64 层）",
        en: "the formula “{formula}” is nested too deeply at character {position} (64 levels at most)",
        explain_zh: "请把公式拆成几个指标，再用 [指标id] 引用。",
        explain_en: "Split the formula into several indicators and name them as [id].",
    },
    Text {
        code: "E512",
        severity: Severity::Error,
        zh: "指标 id“{found}”重复，首次出现在 {first}",
        en: "the indicator id “{found}” stands twice, first at {first}",
        explain_zh: "指标 id 用于目标表和结果表的连接，不能重复。自定指标与国家口径并列时，请另取 id，例如 local-07。",
        explain_en: "Targets and results are joined by the indicator's id, so it stands once. A local version beside \
                     the state's needs an id of its own, such as local-07.",
    },
    Text {
        code: "E513",
        severity: Severity::Error,
        zh: "公式引用的指标“{found}”不存在；最接近的是 {nearest}",
        en: "the formula names the indicator “{found}”, which does not exist; the nearest is {nearest}",
        explain_zh: "方括号里要写所选指标集中的指标 id。若它在另一个集合里，请在 model.toml 的 indicators 中也列出该集合。",
        explain_en: "Square brackets hold the id of an indicator of the chosen sets. If it belongs to another set, \
                     list that set in model.toml too.",
    },
    Text {
        code: "E514",
        severity: Severity::Error,
        zh: "指标互相引用成环：{circle}",
        en: "indicators name each other in a circle: {circle}",
        explain_zh: "一个指标不能直接或间接由自己算出。请从环上去掉一个引用。",
        explain_en: "An indicator cannot be computed from itself, directly or through others. Remove one reference \
                     of the circle.",
    },
    Text {
        code: "E515",
        severity: Severity::Error,
        zh: "没有选定物料：请写 classes 或 materials",
        en: "no material is selected: give classes or materials",
        explain_zh: "流量项和存量项要说明统计哪些物料：classes 按类别（如 general_industrial_solid_waste），materials 按 id。",
        explain_en: "A term over flows or stocks says which materials it counts: `classes` by class (such as \
                     general_industrial_solid_waste), `materials` by id.",
    },
    Text {
        code: "E516",
        severity: Severity::Error,
        zh: "开关“{found}”没有在本指标的 switches 中声明",
        en: "the switch “{found}” is not declared in the indicator's switches",
        explain_zh: "treatments_if 中的每个开关都要在 [indicator.switches] 中给出 true 或 false，这样口径一目了然。",
        explain_en: "Every switch of treatments_if is set to true or false in [indicator.switches], so that the \
                     reading chosen is plain to see.",
    },
    Text {
        code: "W501",
        severity: Severity::Warning,
        zh: "统计键“{found}”不在词汇表中；最接近的是 {nearest}",
        en: "the statistic key “{found}” is not in the vocabulary; the nearest is {nearest}",
        explain_zh: "如果这是您自定的统计键，可以不理会；如果是写错了，该指标会因缺数而不可计算。",
        explain_en: "If the key is your own, ignore this. If it is misspelt, the indicator will not be computable \
                     for lack of data.",
    },
    Text {
        code: "W502",
        severity: Severity::Warning,
        zh: "{place}：模型在基年已有 {modelled} 的“{term}”（指标 {indicator}），超过统计数 {statistic}；余量为负，按负数保留",
        en: "{place}: in the base year the model has {modelled} of “{term}” (indicator {indicator}), more than the statistic {statistic}; the remainder is negative and kept so",
        explain_zh: "统计数应覆盖模型中的部分。负的“其他”使基年数与统计一致，但说明模型与统计至少有一个口径不同，请核对。",
        explain_en: "The statistic should cover what the model has. A negative remainder keeps the base year equal to \
                     the statistic, but model and statistic must differ in scope: check them.",
    },
    Text {
        code: "W503",
        severity: Severity::Warning,
        zh: "{place} {year} 年：指标 {indicator} 为 {value}，超出 0–100%；分子分母的口径不一致",
        en: "{place} {year}: indicator {indicator} is {value}, outside 0–100 %; numerator and denominator differ in scope",
        explain_zh: "只要产生、利用、贮存、处置的平衡式成立，比率就不会超过 100%。请核对统计数，尤其是往年贮存量是否单列。",
        explain_en: "As long as the balance of generated, used, stored and disposed holds, a rate cannot exceed 100 %. \
                     Check the statistics, above all whether prior-year stock is given apart.",
    },
    Text {
        code: "W504",
        severity: Severity::Warning,
        zh: "{place} {year} 年固体废物平衡不闭合：产生量 {generated} t，按去向合计 {accounted} t，相差 {difference} t（{share}）；若不扣除处置往年贮存量，相差 {gross} t（{gross_share}）",
        en: "{place} {year}: the solid waste account does not close: generated {generated} t, by destination {accounted} t, difference {difference} t ({share}); without taking off prior-year disposal it would be {gross} t ({gross_share})",
        explain_zh: "统计恒等式：产生量 =（综合利用量 − 其中综合利用往年贮存量）+ 贮存量 +（处置量 − 其中处置往年贮存量）+ \
                     倾倒丢弃量。公布的公报中确有不闭合的情形；程序只指出并量化，不擅自改数。",
        explain_en: "The statistical identity is: generated = (used − of which prior-year stock) + stored + (disposed \
                     − of which prior-year stock) + dumped. Published bulletins do fail it; the program points at the \
                     difference and quantifies it, and mends nothing by itself.",
    },
    Text {
        code: "W505",
        severity: Severity::Warning,
        zh: "项目“{project}”要按倍数或新值改变 {place} 的统计数 {key}，但该地没有这项统计，改变不起作用",
        en: "the project “{project}” multiplies or replaces the statistic {key} of {place}, which has none: nothing changes",
        explain_zh: "倍数（×）和新值（=）要作用在该地自己的统计数上。请给出这项统计，或改用增量（+）。",
        explain_en: "A factor (×) or a new value (=) works on the statistic of its own place. Give that statistic, or \
                     use an amount to add (+).",
    },
];
