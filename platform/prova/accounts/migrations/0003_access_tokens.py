import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Keys lay readable in rest_framework.authtoken's table. They go on working, by their digests, and the table goes.
TAKE_OVER = """
DO $$
BEGIN
    IF to_regclass('authtoken_token') IS NOT NULL THEN
        INSERT INTO accounts_accesstoken (user_id, digest, name, created_at, last_used_at, expires_at)
        SELECT user_id, encode(sha256(convert_to(key, 'UTF8')), 'hex'), 'API', created, now(), now() + interval '180 days'
        FROM authtoken_token;
        DROP TABLE authtoken_token;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tries_from_an_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
    ]
