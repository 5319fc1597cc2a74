CREATE TABLE "consent_withdrawals" (
	"consent_id" text PRIMARY KEY NOT NULL,
	"way" text NOT NULL,
	"withdrawn_at" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "consent_withdrawals_way" CHECK ("consent_withdrawals"."way" in ('page', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "before_lines" (
	"appointment_id" text PRIMARY KEY NOT NULL,
	"start_at" bigint NOT NULL,
	"way" text NOT NULL,
	"said_at" bigint NOT NULL,
	"sealed_before" text NOT NULL,
	CONSTRAINT "before_lines_way" CHECK ("before_lines"."way" in ('link', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "free_moves" (
	"appointment_id" text PRIMARY KEY NOT NULL,
	"granted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intakes" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"questions_version" text NOT NULL,
	"way" text NOT NULL,
	"started_at" bigint NOT NULL,
	"saved_at" bigint NOT NULL,
	"finished_at" bigint,
	"settled_at" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"sealed_intake" text NOT NULL,
	CONSTRAINT "intakes_way" CHECK ("intakes"."way" in ('link', 'staff'))
);
--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_kind";--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_way";--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "appointment_id" text;--> statement-breakpoint
ALTER TABLE "consent_withdrawals" ADD CONSTRAINT "consent_withdrawals_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "before_lines" ADD CONSTRAINT "before_lines_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "free_moves" ADD CONSTRAINT "free_moves_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "intakes_series" ON "intakes" USING btree ("series_id","finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "intakes_open" ON "intakes" USING btree ("series_id") WHERE "intakes"."finished_at" is null;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_one_session" CHECK (("consents"."kind" = 'sensitive_area') = ("consents"."appointment_id" is not null));--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_kind" CHECK ("consents"."kind" in ('booking', 'question', 'treated', 'health_kept', 'written_to', 'sensitive_area'));--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_way" CHECK ("consents"."way" in ('page', 'api', 'staff'));