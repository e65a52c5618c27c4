"""Company folders as a CX team would keep them: real exports, invented people."""

from pathlib import Path

MARKETPLACE = {
    "company.toml": """
name = "Mercado Sul"
industry = "retail"
currency = "BRL"
as_of = 2018-10-31
contact = "cx-team@mercado-sul.example"

[team]
hours_per_week = 12

[[programme.initiatives]]
name = "On-time delivery"
one_off = 60000
running = 25000
horizon_years = 2
reach = 6500
moved_share = 0.2
owner = "coo"
comparison = "late_delivery"
""",
    "executives.csv": """
id,name,role,area,sponsor,desired_level,attention_hours_per_week
ceo,Helena Prado,CEO,whole company,yes,5,1
cfo,Otávio Lemos,CFO,finance,no,3,0.5
coo,Renata Siqueira,COO,logistics,no,4,1
cmo,Caio Ferraz,CMO,marketing,no,4,0.5
""",
    "observations.csv": """
executive,date,behaviour,anchor,source,observer,note
ceo,2018-09-12,direction,3,seen,CX lead,"Put late parcels on the monthly agenda, with the count of September"
ceo,2018-10-10,communication,3,document,CX analyst,Letter to sellers names the promised day as a duty
cfo,2018-09-20,resources,2,seen,CX lead,"Agreed that delivery matters, and moved no money"
cfo,2018-10-04,accountability,1,told by,controller,Asked in the review only for freight cost a parcel
coo,2018-08-30,model,2,seen,CX lead,Came to the returns desk for ten minutes and left
coo,2018-09-27,accountability,3,seen,CX lead,Asked two depot heads for the cause of parcels a week late
coo,2018-10-18,resources,3,document,CX analyst,Lent a planner to the promised-day work for October
cmo,2018-10-02,communication,2,own words,CX analyst,"“Customers first”, town hall"
""",
    "goals.csv": """
executive,goal,metric,baseline,target,due
coo,Bring the share of parcels on time up,on-time-in-full,91.9 %,95 %,2019-06-30
cfo,Bring down the cost to serve an order,cost-to-serve,14.20,12.50,2019-12-31
""",
    "asks.csv": """
executive,step,asked_on,due,status,closed_on,note
coo,listening-chair,2018-09-03,2018-09-21,done,2018-09-20,Two hours with the service desk
cfo,lend-an-analyst,2018-10-01,2018-10-19,declined,2018-10-08,No room before the budget
""",
    "influence.csv": "from,to,strength\nceo,coo,0.7\ncfo,ceo,0.6\n",
    "reactions.csv": """
executive,date,barrier,note
cfo,2018-10-08,not worth it against other bets,Asked what else the money would do
coo,2018-09-27,tell me what to do,Asked which depot to begin with
""",
    "wins.csv": """
date,win,value,owner,note
2018-10-05,Promised days are counted for every depot,,coo,Weekly since then
""",
}

ORDERS = """
currency = "BRL"

[[files]]
path = "olist_order_reviews_dataset.csv"
table = "feedback"
[files.columns]
customer = "order_id"
answered_at = { column = "review_answer_timestamp", format = "%Y-%m-%d %H:%M:%S" }
score = { column = "review_score", scale = [1, 5], kind = "stars" }
comment = "review_comment_message"

[[files]]
path = "olist_orders_dataset.csv"
table = "customers"
[files.columns]
customer = "order_id"
started = { column = "order_purchase_timestamp", format = "%Y-%m-%d %H:%M:%S" }
experience_ended_at = { column = "order_delivered_customer_date", format = "%Y-%m-%d %H:%M:%S" }
[files.segments.late]
later = ["order_delivered_customer_date", "order_estimated_delivery_date"]
format = "%Y-%m-%d %H:%M:%S"
[files.segments.state]
column = "customer_id"
lookup = { path = "olist_customers_dataset.csv", key = "customer_id", take = "customer_state" }
[files.weight]
column = "order_status"
map = { delivered = 18.654 }
otherwise = 1

[[files]]
path = "olist_order_items_dataset.csv"
table = "transactions"
[files.columns]
customer = "order_id"
at = { column = "shipping_limit_date", format = "%Y-%m-%d %H:%M:%S", range = ["2016-09-19", "2020-02-05"] }
amount = "price"

[landmark]
date = "2018-09-30"
outcome_months = 1
pre_months = 24

[[comparisons]]
key = "late_delivery"
title = "Late against on-time delivery"
exposure = "late"
exposed = "yes"
against = "no"
outcome = "score"
adjust = ["state"]
"""

DEADLINES = ', range = ["2016-09-19", "2020-02-05"]'  # days to ship by: two lie ahead
WEIGHT = """[files.weight]
column = "order_status"
map = { delivered = 18.654 }
otherwise = 1
"""

OPERATOR = {
    "company.toml": """
name = "Northline Broadband"
industry = "telecom"
currency = "USD"
as_of = 2026-11-16
contact = "cx@northline.example"

[[programme.initiatives]]
name = "Premium support for every contract"
one_off = 80000
running = 40000
horizon_years = 2
reach = 4000
moved_share = 0.3
owner = "coo"
comparison = "support"

[[programme.initiatives]]
name = "Raise satisfaction"
one_off = 50000
running = 20000
horizon_years = 2
reach = 4000
moved_share = 0.1
owner = "cmo"
comparison = "satisfaction"
""",
    "executives.csv": """
id,name,role,area,sponsor,desired_level,attention_hours_per_week
coo,Ines Okafor,COO,support,no,4,1
cmo,Per Lindahl,CMO,marketing,no,4,1
""",
    "observations.csv": """
executive,date,behaviour,anchor,source,observer,note
coo,2026-10-05,model,3,seen,CX lead,Sat in on eight support calls and wrote down the causes
cmo,2026-09-14,communication,2,own words,CX analyst,"“We love our customers”, trade fair"
""",
}

TELCO_FILES = """
currency = "USD"

[[files]]
path = "Telco_customer_churn_services.xlsx"
table = "customers"
keep = { column = "Internet Service", in = ["Yes"] }
[files.columns]
customer = "Customer ID"
value = "Total Revenue"
[files.segments]
support = "Premium Tech Support"
contract = "Contract"
internet = "Internet Type"
tenure = { column = "Tenure in Months", cut = [7, 13, 25, 49] }

[[files]]
path = "Telco_customer_churn_status.xlsx"
table = "customers"
[files.columns]
customer = "Customer ID"
left = { column = "Churn Label", yes = ["Yes"] }
score = { column = "Satisfaction Score", scale = [1, 5], kind = "csat" }

[[comparisons]]
key = "support"
title = "With against without premium support"
exposure = "support"
exposed = "Yes"
against = "No"
outcome = "left"
adjust = ["contract", "internet", "tenure"]

[[comparisons]]
key = "satisfaction"
title = "Satisfied against dissatisfied"
exposure = "band"
exposed = "4 to 5"
against = "1 to 2"
outcome = "left"
adjust = ["contract", "tenure"]
"""

APP = {
    "company.toml": 'name = "Tally"\nindustry = "software"\ncurrency = "USD"\nas_of = 2026-11-16\n',
    "executives.csv": "id,name,role\ncpo,Noor Haddad,CPO\n",
}

CHANNELS = 'currency = "USD"\n' + "".join(
    f"""
[[files]]
path = "nps_{channel}.csv"
table = "feedback"
[files.columns]
customer = "user_id"
answered_at = {{ column = "response_date", format = "%Y-%m-%d" }}
score = {{ column = "nps_rating", scale = [0, 10], kind = "nps" }}
touchpoint = {{ value = "{channel}" }}
"""
    for channel in ("web", "email", "mobile")
)


def company_folder(
    folder: Path, texts: dict[str, str], mapping: str = "", exports: Path | None = None
) -> Path:
    """A company folder with these texts, a mapping, and a link to each of the exports."""
    (folder / "data").mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")
    for export in sorted(exports.iterdir()) if exports is not None else ():
        (folder / "data" / export.name).symlink_to(export)
    if mapping:
        (folder / "data" / "mapping.toml").write_text(mapping, encoding="utf-8")
    return folder
