"""The decider may sign her catalogue electronically; her signature is append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kursvis.core.privileges import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('grades', '0003_why_there_is_a_dash'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('password', 'password'), ('bankid', 'bankid'), ('test_id', 'test_id'), ('directory', 'directory')], max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('text', models.TextField()),
                ('signature', models.TextField()),
                ('ocsp', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='cataloguestep',
            name='catalogue_step_verb',
        ),
        migrations.RemoveConstraint(
            model_name='gradestep',
            name='grade_step_verb',
        ),
        migrations.AlterField(
            model_name='cataloguestep',
            name='verb',
            field=models.CharField(choices=[('set', 'set'), ('changed', 'changed'), ('cleared', 'cleared'), ('locked', 'locked'), ('in_catalogue', 'in_catalogue'), ('created', 'created'), ('sent', 'sent'), ('signed', 'signed'), ('received', 'received'), ('approved', 'approved'), ('unlocked', 'unlocked'), ('returned', 'returned'), ('replaced', 'replaced'), ('catalogue_replaced', 'catalogue_replaced')], max_length=30),
        ),
        migrations.AlterField(
            model_name='gradestep',
            name='verb',
            field=models.CharField(choices=[('set', 'set'), ('changed', 'changed'), ('cleared', 'cleared'), ('locked', 'locked'), ('in_catalogue', 'in_catalogue'), ('created', 'created'), ('sent', 'sent'), ('signed', 'signed'), ('received', 'received'), ('approved', 'approved'), ('unlocked', 'unlocked'), ('returned', 'returned'), ('replaced', 'replaced'), ('catalogue_replaced', 'catalogue_replaced')], max_length=30),
        ),
        migrations.AddConstraint(
            model_name='cataloguestep',
            constraint=models.CheckConstraint(condition=models.Q(('verb__in', ['set', 'changed', 'cleared', 'locked', 'in_catalogue', 'created', 'sent', 'signed', 'received', 'approved', 'unlocked', 'returned', 'replaced', 'catalogue_replaced'])), name='catalogue_step_verb'),
        ),
        migrations.AddConstraint(
            model_name='gradestep',
            constraint=models.CheckConstraint(condition=models.Q(('verb__in', ['set', 'changed', 'cleared', 'locked', 'in_catalogue', 'created', 'sent', 'signed', 'received', 'approved', 'unlocked', 'returned', 'replaced', 'catalogue_replaced'])), name='grade_step_verb'),
        ),
        migrations.AddField(
            model_name='cataloguesignature',
            name='catalogue',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='grades.catalogue'),
        ),
        migrations.AddField(
            model_name='cataloguesignature',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='cataloguesignature',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['bankid', 'test_id'])), name='catalogue_signature_by_e_id'),
        ),
        migrations.AddConstraint(
            model_name='cataloguesignature',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='catalogue_signature_digest'),
        ),
        migrations.AddConstraint(
            model_name='cataloguesignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signature', ''), _negated=True), models.Q(('ocsp', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='catalogue_signature_is_whole'),
        ),
        append_only("grades_cataloguesignature"),
    ]
