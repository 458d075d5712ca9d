"""Which tests are taken together."""

CHECK_UP = (
    "hb",
    "wbc",
    "plt",
    "crp",
    "ferritin",
    "hba1c",
    "creatinine",
    "egfr",
    "sodium",
    "potassium",
    "alat",
    "tsh",
)
DIABETES = (
    "hba1c",
    "glucose",
    "cholesterol",
    "hdl",
    "ldl",
    "triglycerides",
    "creatinine",
    "egfr",
    "potassium",
    "alat",
    "hb",
    "acr",
)
IRON = (
    "hb",
    "mcv",
    "mch",
    "ret",
    "ferritin",
    "iron",
    "transferrin",
    "saturation",
    "b12",
    "folate",
    "crp",
)
KIDNEY = (
    "hb",
    "creatinine",
    "egfr",
    "urea",
    "potassium",
    "sodium",
    "calcium",
    "phosphate",
    "albumin",
    "pth",
    "urate",
    "acr",
)
THYROID = ("tsh", "ft4")
THYROID_FIRST = ("tsh", "ft4", "tpo")
CLOTTING = ("inr",)
ACUTE = ("crp", "wbc", "neu", "lym", "hb", "plt", "creatinine", "egfr")
LITHIUM_CHECK = ("creatinine", "egfr", "calcium", "tsh", "sodium")
HEART = ("cholesterol", "hdl", "ldl", "triglycerides", "hba1c", "creatinine", "egfr")
PROSTATE = ("psa", "creatinine", "egfr", "hb")
