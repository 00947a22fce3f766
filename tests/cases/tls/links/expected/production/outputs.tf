output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "database_address" {
  description = "Address of the tier database, for SSH."
  value       = local.database_address
}

output "ledger_address" {
  description = "Address of the tier ledger, for SSH."
  value       = local.ledger_address
}

# camp.yaml: mail, public by default
output "mail_url" {
  description = "URL of mail."
  value       = "http://${openstack_networking_floatingip_v2.mail.address}:8080"
}

output "mail_address" {
  description = "Address of the tier mail, for SSH."
  value       = local.mail_address
}

output "queue_address" {
  description = "Address of the tier queue, for SSH."
  value       = local.queue_address
}

# camp.yaml: web, public by default
output "web_urls" {
  description = "URLs of web, by instance."
  value       = { for name, floating in openstack_networking_floatingip_v2.web : name => "http://${floating.address}:8080" }
}

output "web_addresses" {
  description = "Addresses of the tier web, by instance, for SSH."
  value       = { for name, port in openstack_networking_port_v2.web_main : name => port.all_fixed_ips[0] }
}

# environments/production.yaml: metrics
output "metrics_targets" {
  description = "Metrics of each instance, for Prometheus' file_sd_configs."

  value = flatten([
    {
      targets = ["${local.cache_address}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-cache-1"
        job       = "node"
        tier      = "cache"
      }
    },
    {
      targets = ["${local.cache_address}:9121"]
      labels = {
        app       = "parcel"
        component = "cache"
        instance  = "parcel-cache-1"
        job       = "redis"
        tier      = "cache"
      }
    },
    {
      targets = ["${local.database_address}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-database-1"
        job       = "node"
        tier      = "database"
      }
    },
    {
      targets = ["${local.database_address}:9187"]
      labels = {
        app       = "parcel"
        component = "database"
        instance  = "parcel-database-1"
        job       = "postgres"
        tier      = "database"
      }
    },
    {
      targets = ["${local.ledger_address}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-ledger-1"
        job       = "node"
        tier      = "ledger"
      }
    },
    {
      targets = ["${local.ledger_address}:9104"]
      labels = {
        app       = "parcel"
        component = "ledger"
        instance  = "parcel-ledger-1"
        job       = "mysql"
        tier      = "ledger"
      }
    },
    {
      targets = ["${local.mail_address}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-mail-1"
        job       = "node"
        tier      = "mail"
      }
    },
    {
      targets = ["${local.queue_address}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-queue-1"
        job       = "node"
        tier      = "queue"
      }
    },
    [for name in keys(local.web_machines) : {
      targets = ["${openstack_networking_port_v2.web_main[name].all_fixed_ips[0]}:9100"]
      labels = {
        app       = "parcel"
        component = "instance"
        instance  = "parcel-${name}"
        job       = "node"
        tier      = "web"
      }
    }],
  ])
}
