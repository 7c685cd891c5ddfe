//! A writer of number words, in the spellings that newspapers use.

/// Pieces of figures that a random text is made of.
pub(super) const PIECES: &[&str] = &[
    "19",
    "2024",
    "1.234.567",
    "867.042",
    "1,5",
    "٤٥",
    "-",
    "–",
    "/",
    ".",
    "..",
    ",",
    "%",
    "(",
    ")",
    ":",
    "و",
    "ال",
    "الـ",
    "مليون",
    "ألفان",
    "آلاف",
    "خمسة",
    "وعشرون",
    "مئة",
    "نصف",
    "ثلاثة",
    "أرباع",
    "الثالثة",
    "والتسعين",
    "عشرات",
    "بضع",
    "أكثر من",
    "بين",
    "على الأقل",
    "قاعتين",
    "سنة",
    "العام",
    "الماضي",
    "دجنبر",
    "من",
    "إلى",
    "كانون",
    "الأول",
    "الربع",
    "يوم",
    "million",
    "thousand",
    "half a",
    "two",
    "twenty",
    "-one",
    "and",
    "first",
    "third",
    "of",
    "quarter",
    "dozen",
    "several",
    "between",
    "to",
    "May",
    "3rd",
    "last",
    "year",
    "Q3",
    "T",
    "mille",
    "cent",
    "quatre",
    "vingt",
    "et",
    "demi",
    "une",
    "dizaine",
    "de",
    "plus de",
    "premier",
    "trimestre",
    "du",
    "au",
    "octobre",
    "h",
    "k",
    "Md",
    "€",
    "$",
    "@",
    "www.",
    "\n",
    "\u{202e}",
    "\u{a0}",
    "+",
    "0",
    "000",
    "sur",
    "in",
    "من كل",
    "من بين كل",
    "le",
    "ou",
    "appelez",
    "محطتي",
    "وقود",
    "بالخمس",
    "a fifth",
    "ونصف",
    "MAX",
];

/// A number in digits, cut into threes.
pub(super) fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    // A lone group of a dot or a comma would be a question of units, not of digits; the tests count things.
    let first = match digits.len() % 3 {
        0 => 3,
        first => first,
    };
    let (first, rest) = digits.split_at(first);
    let mut groups = vec![first.to_owned()];
    groups.extend(rest.as_bytes().chunks(3).map(|group| String::from_utf8(group.to_vec()).unwrap()));
    groups.join(mark)
}

/// The groups of three of a number, the largest first, with the power of ten of each.
fn groups(number: u64) -> Vec<(usize, u32)> {
    let group = |exponent| usize::try_from(number / 10_u64.pow(exponent) % 1000).unwrap();
    [9, 6, 3, 0]
        .into_iter()
        .map(|exponent| (group(exponent), exponent))
        .filter(|(group, _)| *group > 0)
        .collect()
}

/// A choice that a style makes, or leaves to every word, as hurried writers do.
#[derive(Clone, Copy)]
enum Choice {
    No,
    Yes,
    Drawn,
}

impl Choice {
    fn decide(self, draw: &mut Draw) -> bool {
        match self {
            Self::No => false,
            Self::Yes => true,
            Self::Drawn => draw.bit(),
        }
    }
}

/// How Arabic number words vary.
pub(super) struct Arabic {
    oblique: Choice,
    feminine: Choice,
    /// «ثلاث مئة», «مئة ألف وألفان».
    apart: bool,
}

impl Arabic {
    pub(super) const STYLES: [Self; 5] = [
        Self { oblique: Choice::No, feminine: Choice::No, apart: false },
        Self { oblique: Choice::No, feminine: Choice::Yes, apart: true },
        Self { oblique: Choice::Yes, feminine: Choice::No, apart: true },
        Self { oblique: Choice::Yes, feminine: Choice::Yes, apart: false },
        Self { oblique: Choice::Drawn, feminine: Choice::Drawn, apart: false },
    ];

    pub(super) fn spell(&self, number: u64, seed: u64) -> String {
        if number == 0 {
            return "صفر".to_owned();
        }
        let mut draw = Draw(seed | 1);
        let terms: Vec<String> = groups(number)
            .into_iter()
            .map(|(group, exponent)| self.term(group, exponent, &mut draw))
            .collect();
        terms.join(" و")
    }

    fn term(&self, group: usize, exponent: u32, draw: &mut Draw) -> String {
        let (one, two, two_oblique, many) = match exponent {
            3 => ("ألف", "ألفان", "ألفين", "آلاف"),
            6 => ("مليون", "مليونان", "مليونين", "ملايين"),
            9 => ("مليار", "ملياران", "مليارين", "مليارات"),
            _ => return self.below_thousand(group, draw),
        };
        match group {
            1 => one.to_owned(),
            2 => if self.oblique.decide(draw) { two_oblique } else { two }.to_owned(),
            _ if (3..=10).contains(&(group % 100)) => format!("{} {many}", self.below_thousand(group, draw)),
            // «مئة ألف وألفان»
            _ if self.apart && matches!(group % 100, 1 | 2) => {
                let rest = if group % 100 == 1 { one } else { two };
                format!("{} {one} و{rest}", self.below_thousand(group / 100 * 100, draw))
            }
            _ => format!("{} {one}", self.below_thousand(group, draw)),
        }
    }

    fn below_thousand(&self, number: usize, draw: &mut Draw) -> String {
        let small = number % 100;
        let mut parts = Vec::new();
        if number >= 100 {
            parts.push(self.hundreds(number / 100, draw));
        }
        match small {
            0 => {}
            1..=19 => parts.push(self.small(small, draw)),
            _ => {
                if !small.is_multiple_of(10) {
                    parts.push(self.small(small % 10, draw));
                }
                parts.push(self.tens(small / 10, draw));
            }
        }
        parts.join(" و")
    }

    fn hundreds(&self, hundreds: usize, draw: &mut Draw) -> String {
        let hundred = if draw.bit() { "مئة" } else { "مائة" };
        match hundreds {
            1 => hundred.to_owned(),
            2 => if self.oblique.decide(draw) { "مئتين" } else { "مائتان" }.to_owned(),
            _ => {
                let unit = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"][hundreds];
                if self.apart {
                    format!("{unit} {hundred}")
                } else {
                    format!("{}{hundred}", unit.trim_end_matches('ي'))
                }
            }
        }
    }

    fn small(&self, number: usize, draw: &mut Draw) -> String {
        const MASCULINE: [&str; 11] =
            ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
        const FEMININE: [&str; 11] =
            ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"];
        let feminine = self.feminine.decide(draw);
        let units = if feminine { FEMININE } else { MASCULINE };
        let ten = if feminine { "عشرة" } else { "عشر" };
        match number {
            2 if self.oblique.decide(draw) => if feminine { "اثنتين" } else { "اثنين" }.to_owned(),
            11 => format!("{} {ten}", if feminine { "إحدى" } else { "أحد" }),
            12 if self.oblique.decide(draw) => format!("{} {ten}", if feminine { "اثنتي" } else { "اثني" }),
            12 => format!("{} {ten}", if feminine { "اثنتا" } else { "اثنا" }),
            13..=19 => format!("{} {ten}", units[number - 10]),
            _ => units[number].to_owned(),
        }
    }

    fn tens(&self, tens: usize, draw: &mut Draw) -> String {
        let stem = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"][tens];
        format!("{stem}{}", if self.oblique.decide(draw) { "ين" } else { "ون" })
    }
}

/// A few deterministic bits.
struct Draw(u64);

impl Draw {
    fn bit(&mut self) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 63 == 1
    }
}

/// How French number words are joined.
pub(super) struct French {
    hyphen: &'static str,
    /// The spelling of 1990, which joins every word.
    joins_all: bool,
    belgian: bool,
}

impl French {
    pub(super) const STYLES: [Self; 4] = [
        Self { hyphen: "-", joins_all: false, belgian: false },
        Self { hyphen: "-", joins_all: true, belgian: false },
        Self { hyphen: " ", joins_all: false, belgian: false },
        Self { hyphen: "-", joins_all: false, belgian: true },
    ];

    pub(super) fn spell(&self, number: u64) -> String {
        if number == 0 {
            return "zéro".to_owned();
        }
        let space = if self.joins_all { "-" } else { " " };
        let terms: Vec<String> =
            groups(number).into_iter().map(|(group, exponent)| self.term(group, exponent, space)).collect();
        terms.join(space)
    }

    fn term(&self, group: usize, exponent: u32, space: &str) -> String {
        let plural = if group > 1 { "s" } else { "" };
        match exponent {
            0 => self.below_thousand(group, space, true),
            3 if group == 1 => "mille".to_owned(),
            3 => format!("{}{space}mille", self.below_thousand(group, space, false)),
            6 => format!("{}{space}million{plural}", self.below_thousand(group, space, true)),
            _ => format!("{}{space}milliard{plural}", self.below_thousand(group, space, true)),
        }
    }

    fn below_thousand(&self, number: usize, space: &str, is_last: bool) -> String {
        let (hundreds, rest) = (number / 100, number % 100);
        let hundred = match hundreds {
            0 => return self.below_hundred(rest, space, is_last),
            1 => "cent".to_owned(),
            _ => {
                format!("{}{space}cent{}", Self::UNITS[hundreds], if rest == 0 && is_last { "s" } else { "" })
            }
        };
        if rest == 0 {
            hundred
        } else {
            format!("{hundred}{space}{}", self.below_hundred(rest, space, is_last))
        }
    }

    const UNITS: [&'static str; 20] = [
        "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];

    fn below_hundred(&self, number: usize, space: &str, is_last: bool) -> String {
        let hyphen = self.hyphen;
        let unit = |unit: usize| Self::UNITS[unit].replace('-', hyphen);
        let tens = [
            "",
            "",
            "vingt",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            if self.belgian { "septante" } else { "soixante" },
            "quatre-vingt",
            if self.belgian { "nonante" } else { "quatre-vingt" },
        ];
        let (ten, mut rest) = (number / 10, number % 10);
        let word = tens.get(ten).copied().unwrap_or_default().replace('-', hyphen);
        rest += if !self.belgian && matches!(ten, 7 | 9) { 10 } else { 0 };
        match (ten, rest) {
            (0 | 1, _) => unit(number),
            (8, 0) => format!("{word}{}", if is_last { "s" } else { "" }),
            (_, 0) => word,
            (2..=7, 1 | 11) | (9, 1) => format!("{word}{space}et{space}{}", unit(rest)),
            _ => format!("{word}{hyphen}{}", unit(rest)),
        }
    }
}

/// How English number words are joined.
pub(super) struct English {
    hyphen: &'static str,
    and: &'static str,
}

impl English {
    pub(super) const STYLES: [Self; 3] = [
        Self { hyphen: "-", and: " and " },
        Self { hyphen: "-", and: " " },
        Self { hyphen: " ", and: " and " },
    ];

    pub(super) fn spell(&self, number: u64) -> String {
        if number == 0 {
            return "zero".to_owned();
        }
        let mut text = String::new();
        for (group, exponent) in groups(number) {
            // "one thousand and five"
            let joint = if exponent == 0 && group < 100 { self.and } else { " " };
            let scale = match exponent {
                3 => " thousand",
                6 => " million",
                9 => " billion",
                _ => "",
            };
            let joint = if text.is_empty() { "" } else { joint };
            text = format!("{text}{joint}{}{scale}", self.below_thousand(group));
        }
        text
    }

    fn below_thousand(&self, number: usize) -> String {
        let (hundreds, rest) = (number / 100, number % 100);
        match (hundreds, rest) {
            (0, _) => self.below_hundred(rest),
            (_, 0) => format!("{} hundred", Self::UNITS[hundreds]),
            _ => {
                format!("{} hundred{}{}", Self::UNITS[hundreds], self.and, self.below_hundred(rest))
            }
        }
    }

    const UNITS: [&'static str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];

    fn below_hundred(&self, number: usize) -> String {
        const TENS: [&str; 10] =
            ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        match (number / 10, number % 10) {
            (0 | 1, _) => Self::UNITS[number].to_owned(),
            (tens, 0) => TENS[tens].to_owned(),
            (tens, unit) => format!("{}{}{}", TENS[tens], self.hyphen, Self::UNITS[unit]),
        }
    }
}
