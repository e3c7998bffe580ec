"""Van Dam & Daughters: a small chain with a shop, a service desk and delivery, in Utrecht and in Leeds."""

from datetime import timedelta

from bot.sandbox.records import Person
from bot.sandbox.workspace import Workspace

NAME = "Van Dam & Daughters"

UTRECHT, LEEDS = "Europe/Amsterdam", "Europe/London"


def company(workspace: Workspace) -> None:
    """Fills an empty workspace: people, channels and a few days of talk.

    Ids of people are their names (`U0NOOR00000`). The front line comes first: Noor, Daan, Yusuf (Dutch),
    Priya, Callum, Grace (English); then Femke, who leads Utrecht, Lies, who leads the company, and Tom,
    who looks after Slack.
    """
    workspace.name = NAME
    noor = _person(workspace, "noor", "Noor Jansen", "Servicedesk, Utrecht", color="2f7f79")
    daan = _person(workspace, "daan", "Daan Visser", "Winkel, Utrecht", color="8a5a2b")
    yusuf = _person(workspace, "yusuf", "Yusuf Demir", "Bezorging, Utrecht", color="5b6abf")
    priya = _person(workspace, "priya", "Priya Shah", "Service desk, Leeds", color="b0457a", tz=LEEDS)
    callum = _person(workspace, "callum", "Callum Hughes", "Shop, Leeds", color="3d7a3d", tz=LEEDS)
    grace = _person(workspace, "grace", "Grace Okafor", "Delivery, Leeds", color="a34b3f", tz=LEEDS)
    femke = _person(workspace, "femke", "Femke de Boer", "Teamleider, Utrecht", color="7a4fa3")
    lies = _person(workspace, "lies", "Lies van Dam", "Directeur", color="556b2f")
    tom = _person(workspace, "tom", "Tom Ashworth", "IT and Slack", color="4a6d8c", tz=LEEDS, is_owner=True)

    everybody = [noor, daan, yusuf, priya, callum, grace, femke, lies, tom]
    utrecht, leeds = [noor, daan, yusuf, femke], [priya, callum, grace, femke]

    general = workspace.add_channel(
        "general",
        [person.id for person in everybody],
        topic="For everybody, in both languages",
        creator=tom.id,
        is_general=True,
    )
    team_utrecht = workspace.add_channel(
        "team-utrecht",
        [*(person.id for person in utrecht), workspace.bot_user_id],
        topic="Winkel, servicedesk en bezorging in Utrecht",
        creator=femke.id,
    )
    team_leeds = workspace.add_channel(
        "team-leeds",
        [*(person.id for person in leeds), workspace.bot_user_id],
        topic="Shop, service desk and delivery in Leeds",
        creator=femke.id,
    )
    workspace.add_channel(
        "team-webshop",
        [priya.id, daan.id, femke.id],
        topic="Orders, returns and chats · Bestellingen, retouren en chats",
        creator=femke.id,
    )
    leadership = workspace.add_channel(
        "leadership",
        [lies.id, femke.id, tom.id, workspace.bot_user_id],
        kind="private",
        topic="What only we can decide",
        creator=lies.id,
    )

    workspace.add_usergroup("Team leads", "teamleads", [femke.id], created_by=tom.id)

    talk = [
        (70, general.id, lies, "Goedemorgen! Welcome to Grace, who joins delivery in Leeds today. :wave:"),
        (69, general.id, grace, "Thank you! Looking forward to meeting you all."),
        (50, leadership.id, lies, "Femke, wat hoor jij van de bezorging? Ik zie alleen cijfers."),
        (49, leadership.id, femke, "Klanten willen vooral weten hoe laat. Meer nog dan dat we vroeg zijn."),
        (
            30,
            team_leeds.id,
            callum,
            "Someone came back just to say the gift wrap made her mum cry. Happy tears!",
        ),
        (29, team_leeds.id, priya, "Love that. I had two people asking why the lift is still out of order."),
        (
            26,
            team_utrecht.id,
            daan,
            "Meneer Peters was er weer, nu met zijn kleindochter. Wat een leuk stel.",
        ),
        (
            25,
            team_utrecht.id,
            noor,
            "Leuk! Bij mij drie keer de vraag waarom de handleiding zo klein gedrukt is.",
        ),
        (
            24,
            team_utrecht.id,
            yusuf,
            "Bus staat tot elf uur vast bij de brug. Ik bel zelf de eerste vier klanten.",
        ),
        (23, team_utrecht.id, femke, "Fijn dat je belt, Yusuf. Dat is precies wat het verschil maakt."),
        (3, general.id, tom, "Acht is installed. Open it under Apps, or type `/acht` anywhere."),
    ]
    for hours_ago, channel, person, text in talk:
        at = workspace.now() - timedelta(hours=hours_ago)
        workspace.post(channel, person.id, text, at=at)
    for person in everybody:
        workspace.app_dm(person.id)
        for channel in workspace.channels_of(person.id):
            workspace.mark_read(channel.id, person.id)


def _person(
    workspace: Workspace,
    name: str,
    real_name: str,
    title: str,
    *,
    color: str,
    tz: str = UTRECHT,
    is_owner: bool = False,
) -> Person:
    return workspace.add_person(
        name,
        real_name,
        id=f"U0{name.upper():0<9}",
        title=title,
        color=color,
        tz=tz,
        lang="nl" if tz == UTRECHT else "en",
        email=f"{name}@vandam.example",
        is_admin=is_owner,
        is_owner=is_owner,
    )
