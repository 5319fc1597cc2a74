CREATE TABLE "calendar_departures" (
	"appointment_id" text NOT NULL,
	"resource_id" text NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"sequence" integer NOT NULL,
	"left_at" bigint NOT NULL,
	CONSTRAINT "calendar_departures_appointment_id_resource_id_pk" PRIMARY KEY("appointment_id","resource_id")
);
--> statement-breakpoint
ALTER TABLE "calendar_departures" ADD CONSTRAINT "calendar_departures_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_departures_resource" ON "calendar_departures" USING btree ("resource_id","left_at");--> statement-breakpoint
CREATE INDEX "calendar_departures_left" ON "calendar_departures" USING btree ("left_at");