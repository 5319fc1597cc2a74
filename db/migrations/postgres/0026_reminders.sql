CREATE TABLE "attendances" (
	"appointment_id" text NOT NULL,
	"start_at" bigint NOT NULL,
	"confirmed_at" bigint NOT NULL,
	CONSTRAINT "attendances_appointment_id_start_at_pk" PRIMARY KEY("appointment_id","start_at")
);
--> statement-breakpoint
CREATE TABLE "reminder_choices" (
	"series_id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"skipped" text NOT NULL,
	"chosen_at" bigint NOT NULL,
	CONSTRAINT "reminder_choices_mode" CHECK ("reminder_choices"."mode" in ('each', 'weekly', 'none'))
);
--> statement-breakpoint
CREATE TABLE "reminder_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text,
	"steps" text,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"appointment_id" text NOT NULL,
	"start_at" bigint NOT NULL,
	"channel" text NOT NULL,
	"step_minutes" integer NOT NULL,
	"outbox_id" text NOT NULL,
	"written_at" bigint NOT NULL,
	CONSTRAINT "reminders_appointment_id_start_at_channel_step_minutes_pk" PRIMARY KEY("appointment_id","start_at","channel","step_minutes"),
	CONSTRAINT "reminders_channel" CHECK ("reminders"."channel" in ('email', 'text'))
);
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "moved_at" bigint;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_choices" ADD CONSTRAINT "reminder_choices_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_rules" ADD CONSTRAINT "reminder_rules_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_outbox" ON "reminders" USING btree ("outbox_id");