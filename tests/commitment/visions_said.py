"""Visions as they are said: public ones and made ones, each with what a careful reader would hold against it.

The labels are one person's judgement, written before the words were looked for: c no customer is named, d no
difference to today, m nothing that could be counted, p a programme where a way of working is meant, w praise
or our own trade's words in place of a picture. These are statements alone, without journeys.
"""

# (statement, labels): public statements of organisations, as printed in their reports and on their pages.
PUBLIC = (
    ("A computer on every desk and in every home.", "cd"),
    ("To be Earth's most customer-centric company.", "cdmw"),
    (
        "Our vision is to be the world's most customer-centric company, where customers can find and "
        "discover anything they might want to buy online.",
        "dmw",
    ),
    ("To organise the world's information and make it universally accessible and useful.", "cdm"),
    ("To inspire and nurture the human spirit: one person, one cup and one neighbourhood at a time.", "dm"),
    ("Spread ideas.", "cdm"),
    ("To create a better everyday life for the many people.", "dm"),
    ("To become the world's most loved, most efficient and most profitable airline.", "cmw"),
    ("Bring inspiration and innovation to every athlete in the world.", "dmw"),
    ("To give people the power to build community and bring the world closer together.", "dm"),
    ("To be the best bank for our customers, communities and colleagues.", "dmw"),
    (
        "We will be the leading provider of innovative solutions that exceed our customers' expectations.",
        "dmw",
    ),
    (
        "To be the most trusted and respected professional services firm recognised by our clients for "
        "delivering excellence.",
        "dmw",
    ),
    ("Eighty per cent of drinks are in the customer's hand within four minutes of ordering.", ""),
    ("A patient who calls before noon is seen the same day.", "d"),
    ("People can do their taxes without a form by 2025.", ""),
    ("To be the premier integrated logistics solutions company in the region.", "cdmw"),
    ("Making sustainable living commonplace.", "cdm"),
    ("Enriching lives through seamless omnichannel experiences.", "cdmw"),
    ("A trusted partner, delivering value for all our stakeholders.", "cdmw"),
)
# Written for this set: such as teams bring to a workshop, and such as they leave with.
MADE = (
    ("A customer tells a fault once, and it is mended once.", ""),
    ("By the end of 2027 no customer has to tell us the same thing twice.", ""),
    ("Nobody who rings us waits longer than two minutes, instead of eleven today.", "c"),
    ("A claim that took our policyholders forty days is paid in five.", "d"),
    ("New members open an account in one visit, not three.", ""),
    ("Parents know by seven in the morning whether the bus is late.", "d"),
    ("We halve the number of letters that customers have to ask about.", ""),
    ("Launch phase two of the customer experience transformation programme by Q3.", "cpw"),
    ("Roll out the new CRM to all 1,200 agents by June 2027.", "cp"),
    ("Implement world-class customer journeys across all touchpoints.", "dmpw"),
    ("Our customer-first initiative will make us number one in satisfaction.", "cmpw"),
    ("Drive synergies through an end-to-end, data-driven operating model.", "cdmw"),
    ("Delight every customer, every time.", "dmw"),
    ("Put the customer at the heart of everything we do.", "dm"),
    ("To be customer-obsessed.", "cdmw"),
    ("One company, one team, one vision.", "cdm"),
    ("Excellence in everything.", "cdmw"),
    ("A tenant whose heating fails has heat again within four hours, day or night.", ""),
    ("Students who fall behind hear from their adviser within a week, and not after the term.", ""),
    ("The loyalty programme no longer punishes customers who complain.", "m"),
    ("What we promise in advertising is what the customer finds, first time.", ""),
    ("From ten departments to one person who stays with a customer until it is solved.", ""),
    ("Guests check out without queueing, and the bill is right.", "m"),
    ("Be bold, be kind, be curious.", "cdm"),
    ("Simplify our processes and reduce cost by 15 % by 2026.", "c"),
)
# Written after the lists had been mended on the two sets above, and not looked at before they were counted.
HELD_BACK = (
    ("A reader whose paper did not come has it by nine.", "d"),
    ("We want to be the go-to destination for homeware.", "cdm"),
    ("Drivers are told the price before the work begins, and pay no more than that.", "dm"),
    ("Nine of ten letters that we send are understood at the first reading by the end of 2028.", "cd"),
    ("Customers who move house keep their number, their price and their appointment.", "dm"),
    ("Accelerate our digital journey to unlock value for shareholders.", "cdmw"),
    ("Deliver excellence at every touchpoint, every day.", "cdmw"),
    ("The centre of excellence will deploy journey mapping across business units.", "cdmpw"),
    ("Farmers get the vet's answer the same evening instead of the next week.", ""),
    ("No traveller sleeps at the airport because of us.", "dm"),
    ("Our stores are places that people want to come back to.", "dm"),
    ("Complaints fall from nine to four in a thousand orders by March 2027.", "c"),
    ("To be recognised as the partner of choice.", "cdm"),
    ("Whoever asks a question gets an answer from somebody who may decide.", "dm"),
    ("A workstream per region will own the improvement roadmap.", "cdmp"),
    ("Residents report a broken lamp in one message and see when it is mended.", "dm"),
    ("Passion, integrity, teamwork.", "cdm"),
    ("The first bill is what the salesperson said it would be.", "cdm"),
    ("We make banking human again.", "cm"),
    ("Applicants hear yes or no in three days; today it takes four weeks.", ""),
)
KINDS = {
    "c": {"no customer"},
    "d": {"no change"},
    "m": {"no measure"},
    "p": {"programme"},
    "w": {"superlative", "jargon"},
}
