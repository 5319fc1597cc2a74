CREATE TABLE "ledger_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"happened_at" bigint NOT NULL,
	"kind" text NOT NULL,
	"client_id" text NOT NULL,
	"appointment_id" text,
	"currency" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"actor" text NOT NULL,
	"corrects_id" text,
	"receipt_number" integer,
	CONSTRAINT "ledger_entries_kind" CHECK ("ledger_entries"."kind" in ('charge', 'payment', 'tip', 'discount', 'refund', 'fee', 'waiver', 'correction')),
	CONSTRAINT "ledger_entries_correction" CHECK (("ledger_entries"."kind" = 'correction') = ("ledger_entries"."corrects_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"entry_id" text NOT NULL,
	"account" text NOT NULL,
	"amount_cents" integer NOT NULL,
	CONSTRAINT "ledger_lines_entry_id_account_pk" PRIMARY KEY("entry_id","account"),
	CONSTRAINT "ledger_lines_amount" CHECK ("ledger_lines"."amount_cents" <> 0),
	CONSTRAINT "ledger_lines_account" CHECK ("ledger_lines"."account" in ('owed', 'cash', 'card', 'transfer', 'other', 'sales', 'tips', 'discounts', 'fees'))
);
--> statement-breakpoint
CREATE TABLE "setup_drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"answers" text NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "therapist_prices" (
	"therapist_id" text NOT NULL,
	"service_id" text NOT NULL,
	"minutes" integer NOT NULL,
	"price_cents" integer NOT NULL,
	CONSTRAINT "therapist_prices_therapist_id_service_id_minutes_pk" PRIMARY KEY("therapist_id","service_id","minutes"),
	CONSTRAINT "therapist_prices_price" CHECK ("therapist_prices"."price_cents" >= 0)
);
--> statement-breakpoint
CREATE TABLE "weekly_hours_changes" (
	"therapist_id" text NOT NULL,
	"valid_from" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "weekly_hours_changes_therapist_id_valid_from_pk" PRIMARY KEY("therapist_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_role";--> statement-breakpoint
DROP INDEX "clients_email_name";--> statement-breakpoint
ALTER TABLE "working_hours" DROP CONSTRAINT "working_hours_therapist_id_weekday_from_time_pk";--> statement-breakpoint
ALTER TABLE "working_hours" ADD COLUMN "valid_from" text DEFAULT '0001-01-01' NOT NULL;--> statement-breakpoint
ALTER TABLE "working_hours" ADD CONSTRAINT "working_hours_therapist_id_valid_from_weekday_from_time_pk" PRIMARY KEY("therapist_id","valid_from","weekday","from_time");--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "arrived_at" bigint;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "begun_at" bigint;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "is_late_cancel" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "moves_by_client" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "search_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "clients" SET "search_text" = lower("name" || ' ' || "email" || ' ' || coalesce("phone", ''));--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "language" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "sealed_alerts" text;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "extra_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "favourite_therapist_id" text;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "tags" text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "booking" text DEFAULT 'online' NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "country" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "moves_per_date" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "grace_minutes" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "no_show_words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "series" ADD COLUMN "source" text DEFAULT 'online' NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "booking" text DEFAULT 'online' NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "notice_minutes" integer;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "window_days" integer;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "latest_start" text;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "cap_day_minutes" integer;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "cap_week_minutes" integer;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "cap_deep_day_minutes" integer;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "cap_deep_week_minutes" integer;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_entry_id_ledger_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."ledger_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapist_prices" ADD CONSTRAINT "therapist_prices_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapist_prices" ADD CONSTRAINT "therapist_prices_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weekly_hours_changes" ADD CONSTRAINT "weekly_hours_changes_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_receipt" ON "ledger_entries" USING btree ("receipt_number");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_corrects" ON "ledger_entries" USING btree ("corrects_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_appointment" ON "ledger_entries" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_client" ON "ledger_entries" USING btree ("client_id","happened_at");--> statement-breakpoint
CREATE INDEX "ledger_entries_time" ON "ledger_entries" USING btree ("happened_at");--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_favourite_therapist_id_therapists_id_fk" FOREIGN KEY ("favourite_therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "clients_email_name" ON "clients" USING btree ("email","name") WHERE "clients"."email" <> '';--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_booking" CHECK ("clients"."booking" in ('online', 'approval', 'blocked'));--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_extra" CHECK ("clients"."extra_minutes" between 0 and 120);--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_source" CHECK ("series"."source" in ('online', 'desk'));--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_booking" CHECK ("services"."booking" in ('online', 'approval', 'known', 'phone'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_role" CHECK ("users"."role" in ('owner', 'therapist', 'front_desk', 'client'));