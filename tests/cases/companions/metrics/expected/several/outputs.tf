output "cache_address" {
  description = "Address of the tier cache, for SSH."
  value       = local.cache_address
}

output "desk_addresses" {
  description = "Addresses of the tier desk, by instance, for SSH."
  value       = { for name in keys(local.desk_machines) : name => openstack_networking_port_v2.desk_main[name].all_fixed_ips[0] }
}

# camp.yaml: desk, Expose
output "desk_url" {
  description = "URL of desk."
  value       = "http://${openstack_networking_floatingip_v2.desk_balancer.address}:8080"
}

output "desk_balancer_address" {
  description = "Address of the tier desk-balancer, for SSH."
  value       = local.desk_balancer_address
}

output "ledger_address" {
  description = "Address of the tier ledger, for SSH."
  value       = local.ledger_address
}

output "pages_address" {
  description = "Address of the tier pages, for SSH."
  value       = local.pages_address
}

output "shelf_address" {
  description = "Address of the tier shelf, for SSH."
  value       = local.shelf_address
}

# environments/several.yaml: metrics
output "metrics_targets" {
  description = "Metrics of each instance, for Prometheus' file_sd_configs."

  value = flatten([
    {
      targets = ["${local.cache_address}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-cache-1"
        job       = "node"
        tier      = "cache"
      }
    },
    {
      targets = ["${local.cache_address}:9121"]
      labels = {
        app       = "gauged"
        component = "cache"
        instance  = "gauged-cache-1"
        job       = "redis"
        tier      = "cache"
      }
    },
    [for name in keys(local.desk_machines) : {
      targets = ["${openstack_networking_port_v2.desk_main[name].all_fixed_ips[0]}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-${name}"
        job       = "node"
        tier      = "desk"
      }
    }],
    {
      targets = ["${local.desk_balancer_address}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-desk-balancer-1"
        job       = "node"
        tier      = "desk-balancer"
      }
    },
    {
      targets = ["${local.desk_balancer_address}:8405"]
      labels = {
        app       = "gauged"
        component = "desk-balancer"
        instance  = "gauged-desk-balancer-1"
        job       = "haproxy"
        tier      = "desk-balancer"
      }
    },
    {
      targets = ["${local.ledger_address}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-ledger-1"
        job       = "node"
        tier      = "ledger"
      }
    },
    {
      targets = ["${local.ledger_address}:9187"]
      labels = {
        app       = "gauged"
        component = "ledger"
        instance  = "gauged-ledger-1"
        job       = "postgres"
        tier      = "ledger"
      }
    },
    {
      targets = ["${local.pages_address}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-pages-1"
        job       = "node"
        tier      = "pages"
      }
    },
    {
      targets = ["${local.pages_address}:9113"]
      labels = {
        app       = "gauged"
        component = "pages"
        instance  = "gauged-pages-1"
        job       = "nginx"
        tier      = "pages"
      }
    },
    {
      targets = ["${local.shelf_address}:9100"]
      labels = {
        app       = "gauged"
        component = "instance"
        instance  = "gauged-shelf-1"
        job       = "node"
        tier      = "shelf"
      }
    },
    {
      targets = ["${local.shelf_address}:9104"]
      labels = {
        app       = "gauged"
        component = "shelf"
        instance  = "gauged-shelf-1"
        job       = "mysql"
        tier      = "shelf"
      }
    },
  ])
}
