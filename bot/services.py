"""Every use case there is, wired to the database: what the shop can do, before Slack is asked or answered."""

from dataclasses import dataclass

from bot.administration.service import Administration
from bot.cases.service import Cases
from bot.coaching import playbooks
from bot.coaching.coach import Coach
from bot.coaching.search import PlaySearch
from bot.coaching.service import Coaching
from bot.customers.many import ManyCustomers
from bot.customers.service import Customers
from bot.first_day.service import FirstDays
from bot.gestures import catalogue
from bot.gestures.drafting import Drafting
from bot.gestures.service import Gestures
from bot.home.arranged import Arranged
from bot.home.composing import Home
from bot.kit import i18n
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.embedding.embedder import APIEmbedder, Embedder, LocalEmbedder
from bot.kit.encryption import Keyring
from bot.kit.i18n import Dictionary, Language
from bot.kit.llm.budget import Budget
from bot.kit.llm.openai_model import OpenAIModel
from bot.kit.metrics import Metrics
from bot.kit.outbox.service import Outbox
from bot.kit.prompts import load_prompt
from bot.kit.working_time.service import WorkingTimes
from bot.moments import calendar
from bot.moments.service import Moments
from bot.people.preferences import Choices
from bot.people.register import Register
from bot.people.role_groups import RoleGroups
from bot.people.roles_given import RolesGiven
from bot.people.service import People
from bot.promises.service import Promises
from bot.settings import Settings
from bot.teams.service import Teams


@dataclass(frozen=True)
class Services:
    settings: Settings
    clock: Clock
    metrics: Metrics
    dictionary: Dictionary
    database: Database
    people: People
    working_times: WorkingTimes
    outbox: Outbox
    roles: RolesGiven
    role_groups: RoleGroups
    register: Register
    choices: Choices
    first_days: FirstDays
    administration: Administration
    search: PlaySearch
    model: OpenAIModel | None
    embedder: Embedder | None
    coaching: Coaching
    teams: Teams
    customers: Customers
    many_customers: ManyCustomers
    cases: Cases
    promises: Promises
    moments: Moments
    gestures: Gestures
    drafting: Drafting
    arranged: Arranged
    home: Home


def services(settings: Settings, clock: Clock, metrics: Metrics) -> Services:
    """Raises ContentError when the playbooks, prompts or words cannot be used."""
    database = Database(settings.database_url, Keyring(settings.encryption_keys))
    people = People(database, clock, Language(settings.acht_language), settings.acht_admins)
    working_times = WorkingTimes()
    outbox = Outbox(database, clock, working_times)
    roles = RolesGiven(database, people, outbox, clock)
    role_groups = RoleGroups(database, people, roles, outbox, clock)
    search = PlaySearch(playbooks.load(settings.acht_playbooks_dir))
    model = language_model_for(settings)
    budget = Budget(database, clock, settings.acht_model_tokens_per_day)
    coach = Coach(search, load_prompt("coaching/answer"), metrics, model=model, budget=budget)
    moments_there_are = calendar.load(settings.acht_playbooks_dir)
    coaching = Coaching(
        database,
        clock,
        people,
        coach,
        outbox,
        calendar=moments_there_are,
        metrics=metrics,
        at_once=settings.acht_answers_at_once,
    )
    teams = Teams(database, clock, people, roles, working_times, outbox)
    index = BlindIndex(settings.encryption_keys)
    customers = Customers(database, clock, teams, index)
    cases = Cases(database, clock, customers, outbox)
    promises = Promises(
        database,
        clock,
        customers=customers,
        cases=cases,
        people=people,
        working_times=working_times,
        outbox=outbox,
    )
    moments = Moments(database, clock, customers, cases, moments_there_are)
    gestures = Gestures(
        database,
        clock,
        customers=customers,
        moments=moments,
        cases=cases,
        teams=teams,
        people=people,
        roles=roles,
        working_times=working_times,
        outbox=outbox,
        catalogue=catalogue.load(settings.acht_playbooks_dir),
    )
    drafting = Drafting(model, load_prompt("gestures/draft"), budget, metrics)
    first_days = FirstDays(database, people, outbox, clock)
    administration = Administration(
        database, people=people, roles=roles, role_groups=role_groups, outbox=outbox, clock=clock
    )
    dictionary = i18n.dictionary()
    choices = Choices(database, people, working_times, clock)
    arranged = Arranged(cases, gestures)
    home = Home(
        database,
        clock,
        people=people,
        choices=choices,
        first_days=first_days,
        teams=teams,
        cases=cases,
        promises=promises,
        moments=moments,
        gestures=gestures,
        arranged=arranged,
        administration=administration,
        playbook=search.playbook,
        dictionary=dictionary,
    )
    return Services(
        settings=settings,
        clock=clock,
        metrics=metrics,
        dictionary=dictionary,
        database=database,
        people=people,
        working_times=working_times,
        outbox=outbox,
        roles=roles,
        role_groups=role_groups,
        register=Register(database, people, working_times, clock),
        choices=choices,
        first_days=first_days,
        administration=administration,
        search=search,
        model=model,
        embedder=embedder_for(settings),
        coaching=coaching,
        teams=teams,
        customers=customers,
        many_customers=ManyCustomers(database, clock, index),
        cases=cases,
        promises=promises,
        moments=moments,
        gestures=gestures,
        drafting=drafting,
        arranged=arranged,
        home=home,
    )


def language_model_for(settings: Settings) -> OpenAIModel | None:
    """None: the coach answers from the playbooks."""
    if settings.openai_api_key is None:
        return None
    return OpenAIModel(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=str(settings.openai_base_url) if settings.openai_base_url else None,
        model=settings.openai_model,
        patience=settings.acht_model_seconds,
    )


def embedder_for(settings: Settings) -> Embedder | None:
    """None: search goes by words."""
    if not settings.acht_embeddings:
        return None
    if settings.openai_api_key is not None and settings.openai_embedding_model:
        return APIEmbedder(
            api_key=settings.openai_api_key.get_secret_value(),
            base_url=str(settings.openai_base_url) if settings.openai_base_url else None,
            model=settings.openai_embedding_model,
        )
    return LocalEmbedder() if LocalEmbedder.is_here() else None
