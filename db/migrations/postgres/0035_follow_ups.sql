CREATE TABLE "follow_up_stops" (
	"client_id" text PRIMARY KEY NOT NULL,
	"stopped_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"appointment_id" text PRIMARY KEY NOT NULL,
	"about" text NOT NULL,
	"outbox_id" text NOT NULL,
	"written_at" bigint NOT NULL,
	CONSTRAINT "follow_ups_about" CHECK ("follow_ups"."about" in ('again', 'missed'))
);
--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "follow_up_again_since" bigint DEFAULT 0;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "follow_up_missed_since" bigint;--> statement-breakpoint
ALTER TABLE "follow_up_stops" ADD CONSTRAINT "follow_up_stops_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A practice that runs already is asked of no plan that ended before it had the setting.
UPDATE "practices" SET "follow_up_again_since" = (extract(epoch from now()) * 1000)::bigint;