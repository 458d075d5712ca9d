"""Load code tables."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from results import codes


class Command(BaseCommand):
    help = "Laster kodetabeller (NLK og små Volven-lister)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed",
            action="store_true",
            help="de vanligste kodene, som følger med programmet",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Raises CommandError when nothing is asked for."""
        if not options["seed"]:
            raise CommandError("Si hva som skal lastes: --seed")
        self.stdout.write(f"{codes.load_seed()} koder lastet.")
