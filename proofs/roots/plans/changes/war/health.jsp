<% response.setStatus(200); %>
